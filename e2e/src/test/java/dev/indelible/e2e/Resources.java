package dev.indelible.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the repository.
final class Resources {
  private Resources() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("indelible"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static String testdata(String name) {
    return text(root().resolve("testdata").resolve(name));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
