package dev.indelible.claims;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every FHIR Claim below a folder: alone, one a line, or in Bundles.
final class Corpus {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /// One thing to send.
  ///
  /// @param name file, and place within it
  /// @param bundle whether it is a Bundle, which only `$submit` takes
  record Item(String name, boolean bundle, String json) {}

  private final Path folder;
  private final List<Item> items = new ArrayList<>();

  private Corpus(Path folder) {
    this.folder = folder;
  }

  /// The folder that the system property `indelible.corpus` names, else the vendored claims.
  static Path folder() {
    String given = System.getProperty("indelible.corpus");
    return given == null
        ? Path.of(System.getProperty("indelible.root"), "testdata", "fhir-claims")
        : Path.of(given);
  }

  static List<Item> read(Path folder) throws IOException {
    Corpus corpus = new Corpus(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).sorted().forEach(corpus::file);
    }
    return corpus.items;
  }

  private void file(Path file) {
    String name = folder.relativize(file).toString();
    try {
      if (name.endsWith(".json")) {
        String text = Files.readString(file);
        resource(name, text, JSON.readTree(text));
      } else if (name.endsWith(".ndjson")) {
        List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
        for (int i = 0; i < lines.size(); i++) {
          resource(name + ":" + (i + 1), lines.get(i), JSON.readTree(lines.get(i)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /// A Bundle that begins with a Claim is a submission; any other is a store of resources.
  private void resource(String name, String text, JsonNode resource) {
    String type = resource.path("resourceType").asText();
    JsonNode entries = resource.path("entry");
    if (type.equals("Claim")) {
      items.add(new Item(name, false, text));
    } else if (type.equals("Bundle") && isClaim(entries.path(0)) && !isSearchset(resource)) {
      items.add(new Item(name, true, text));
    } else if (type.equals("Bundle")) {
      for (int i = 0; i < entries.size(); i++) {
        JsonNode entry = entries.get(i);
        if (isClaim(entry)) {
          items.add(new Item(name + "#" + i, false, entry.path("resource").toString()));
        }
      }
    }
  }

  private static boolean isSearchset(JsonNode bundle) {
    return bundle.path("type").asText().equals("searchset");
  }

  private static boolean isClaim(JsonNode entry) {
    return entry.path("resource").path("resourceType").asText().equals("Claim");
  }
}
