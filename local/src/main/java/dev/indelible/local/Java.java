package dev.indelible.local;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Java that runs us, which also runs everything we start.
final class Java {

  private Java() {}

  static String executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The jars or folders that hold these classes: enough to run a class that needs no other.
  static String classPathOf(Class<?>... classes) {
    return Stream.of(classes)
        .map(
            type -> URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .map(location -> Path.of(location).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
