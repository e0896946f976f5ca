package dev.indelible.witness.testing;

import dev.indelible.transparency.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is in a folder, to compare it with another.
public final class FileTree {

  private FileTree() {}

  /// The content of every file that is not hidden, as its SHA-256, by its path.
  public static Map<String, String> of(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (!path.startsWith(".")) {
          content.put(path, Hash.sha256(Files.readAllBytes(file)).toHex());
        }
      }
    }
    return content;
  }

  /// The files of the log as it is served now.
  public static Map<String, String> of(TestLogServer server) {
    Map<String, String> content = new TreeMap<>();
    for (String path : server.paths()) {
      content.put(path, Hash.sha256(server.content(path).orElseThrow()).toHex());
    }
    return content;
  }
}
