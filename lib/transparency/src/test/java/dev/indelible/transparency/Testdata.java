package dev.indelible.transparency;

import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The vectors at the root of the repository.
public final class Testdata {
  private static final Path FOLDER = root().resolve("testdata");

  private Testdata() {}

  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path file(String name) {
    return FOLDER.resolve(name);
  }

  public static String text(String name) {
    return new String(bytes(name), java.nio.charset.StandardCharsets.UTF_8);
  }

  public static JsonObject json(String name) {
    return JsonReader.readObject(bytes(name));
  }

  public static List<String> list(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
