package dev.indelible.verifier;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the repository's folders are.
final class Testdata {
  static final Path ROOT = root();
  static final Path VECTORS = ROOT.resolve("testdata/own/verify");
  static final Path VERIFY_JAVA = ROOT.resolve("verifier/Verify.java");
  static final Path VERIFY_HTML = ROOT.resolve("verifier/src/main/resources/verify.html");

  private Testdata() {}

  private static Path root() {
    String property = System.getProperty("indelible.root");
    Path start = Path.of(property == null ? "" : property).toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("testdata"))) {
        return at;
      }
    }
    throw new IllegalStateException("no folder testdata above " + start);
  }
}
