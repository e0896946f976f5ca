package dev.indelible.local;

import dev.indelible.transparency.note.KeyAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How the keys of a log are called: `<log>` for the first generation, `<log>.2` for the second.
///
/// @param folder with the keys of all logs
record LogKeyFiles(Path folder) {

  /// The name of a generation's keys, without their endings.
  static String name(String log, int generation) {
    return generation == 1 ? log : log + "." + generation;
  }

  /// The ending of a file with such a key.
  static String suffix(KeyAlgorithm algorithm) {
    return algorithm == KeyAlgorithm.ED25519 ? ".ed25519.pem" : ".ml-dsa-44.pem";
  }

  /// The generations whose keys are here; those that were destroyed after their retirement are not.
  List<Integer> generations(String log) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern name = Pattern.compile(log + "(?:\\.([1-9][0-9]*))?\\.ed25519\\.pem");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> name.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(match -> match.group(1) == null ? 1 : Integer.parseInt(match.group(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
