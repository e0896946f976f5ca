package dev.indelible.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The system libraries that a Java runtime loads: the C library and its loader, and nothing else
/// of an operating system.
final class SharedLibraries {

  private static final Pattern LINE = Pattern.compile("(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

  private SharedLibraries() {}

  /// Paths under which the programs and libraries of a runtime ask for system libraries.
  static SortedSet<Path> of(Path runtime) throws IOException {
    SortedSet<Path> needed = new TreeSet<>();
    try (Stream<Path> files = Files.walk(runtime)) {
      for (Path file : files.filter(file -> isBinary(runtime, file)).toList()) {
        needed.addAll(dependencies(file));
      }
    }
    needed.removeIf(path -> path.startsWith(runtime.toAbsolutePath()));
    return needed;
  }

  private static boolean isBinary(Path runtime, Path file) {
    return Files.isRegularFile(file)
        && (file.toString().endsWith(".so") || file.startsWith(runtime.resolve("bin")));
  }

  private static SortedSet<Path> dependencies(Path binary) throws IOException {
    SortedSet<Path> found = new TreeSet<>();
    Process ldd = new ProcessBuilder("ldd", binary.toString()).redirectErrorStream(true).start();
    try (BufferedReader lines = ldd.inputReader()) {
      for (String line : (Iterable<String>) lines.lines().map(String::strip)::iterator) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          found.add(Path.of(matcher.group(1)));
        }
      }
    }
    return found;
  }
}
