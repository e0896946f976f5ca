package dev.indelible.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// A Java runtime with only the modules that server programs use, linked from the JDK that runs us.
final class JavaRuntime {

  /// No debugger, no compiler, no management agent that listens. java.desktop is there for the bean
  /// introspection that Hibernate and Jackson use.
  static final List<String> MODULES =
      List.of(
          "java.base",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.rmi",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.transaction.xa",
          "java.desktop",
          "java.scripting",
          "java.xml",
          "java.xml.crypto",
          "jdk.charsets",
          "jdk.crypto.cryptoki",
          "jdk.httpserver",
          "jdk.jfr",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.security.auth",
          "jdk.unsupported",
          "jdk.zipfs");

  /// Libraries of java.desktop that a server never loads; they would drag those of X11 along.
  private static final List<String> SCREEN_AND_SOUND =
      List.of("libawt_xawt.so", "libjawt.so", "libjsound.so", "libsplashscreen.so");

  private JavaRuntime() {}

  /// Links the runtime into a folder, which is replaced.
  static Path link(Path folder) throws IOException {
    delete(folder);
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("this JDK has no jlink"));
    int result =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            String.join(",", MODULES),
            // Its classes differ from run to run, and with them the digest.
            "--disable-plugin",
            "generate-jli-classes",
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-6",
            "--output",
            folder.toString());
    if (result != 0) {
      throw new IOException("jlink ended with " + result);
    }
    for (String library : SCREEN_AND_SOUND) {
      Files.deleteIfExists(folder.resolve("lib").resolve(library));
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
