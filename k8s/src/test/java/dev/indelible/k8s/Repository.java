package dev.indelible.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The files under test.
final class Repository {

  static final Path ROOT =
      Path.of(System.getProperty("indelible.root", "..")).toAbsolutePath().normalize();

  static final List<String> OVERLAYS = List.of("dev", "prod");

  static final ObjectMapper JSON = new ObjectMapper();

  private Repository() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// What an overlay renders to, as committed; RenderTest shows that it is up to date.
  static List<JsonNode> rendered(String overlay) {
    return yaml(text("k8s/rendered/" + overlay + ".yaml"));
  }

  static List<JsonNode> yaml(String text) {
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      documents.add(JSON.valueToTree(document));
    }
    return documents;
  }

  static String name(JsonNode object) {
    return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
  }
}
