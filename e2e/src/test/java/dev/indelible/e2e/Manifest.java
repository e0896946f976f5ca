package dev.indelible.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// An overlay of `k8s/` as it is rendered: what a cluster would give the programs.
record Manifest(List<JsonNode> objects) {

  /// @param overlay `dev` or `prod`
  static Manifest of(Path repository, String overlay) {
    YAMLMapper yaml = new YAMLMapper();
    Path file = repository.resolve("k8s/rendered/" + overlay + ".yaml");
    try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return new Manifest(documents.readAll());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Variables of a service; those from secrets are left out.
  Map<String, String> environment(String service) {
    Map<String, String> variables = new TreeMap<>();
    for (JsonNode source : container(service).path("envFrom")) {
      named("ConfigMap", source.at("/configMapRef/name").asText())
          .path("data")
          .properties()
          .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
    }
    for (JsonNode variable : container(service).path("env")) {
      if (variable.has("value")) {
        variables.put(variable.path("name").asText(), variable.path("value").asText());
      }
    }
    return variables;
  }

  /// Folders of a service that are secrets, and which.
  Map<String, String> secrets(String service) {
    return secrets(named("Deployment", service).at("/spec/template/spec"));
  }

  private static Map<String, String> secrets(JsonNode pod) {
    Map<String, String> secrets = new TreeMap<>();
    for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
      elements(pod.path("volumes"))
          .filter(volume -> volume.path("name").equals(mount.path("name")) && volume.has("secret"))
          .forEach(
              volume ->
                  secrets.put(
                      mount.path("mountPath").asText(), volume.at("/secret/secretName").asText()));
    }
    return secrets;
  }

  /// Keycloak's folders that are secrets, and which.
  Map<String, String> keycloakSecrets() {
    return secrets(named("Keycloak", "keycloak").at("/spec/unsupported/podTemplate/spec"));
  }

  /// Keycloak's database, put together as Keycloak does.
  String keycloakDatabase() {
    JsonNode spec = named("Keycloak", "keycloak").path("spec");
    String properties =
        elements(spec.path("additionalOptions"))
            .filter(option -> option.path("name").asText().equals("db-url-properties"))
            .map(option -> option.path("value").asText())
            .findFirst()
            .orElse("");
    return "jdbc:postgresql://%s:%d/%s%s"
        .formatted(
            spec.at("/db/host").asText(),
            spec.at("/db/port").asInt(),
            spec.at("/db/database").asText(),
            properties);
  }

  /// The secret with which Keycloak serves.
  String keycloakCertificate() {
    return named("Keycloak", "keycloak").at("/spec/http/tlsSecret").asText();
  }

  /// Clusters of PostgreSQL.
  List<String> databases() {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals("Cluster"))
        .map(object -> object.at("/metadata/name").asText())
        .toList();
  }

  /// Secrets that cert-manager fills, and the names in each certificate.
  Map<String, List<String>> certificates() {
    Map<String, List<String>> names = new TreeMap<>();
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("Certificate")
          && !object.at("/spec/isCA").asBoolean()) {
        names.put(
            object.at("/spec/secretName").asText(),
            elements(object.at("/spec/dnsNames")).map(JsonNode::asText).toList());
      }
    }
    return names;
  }

  private JsonNode container(String service) {
    return named("Deployment", service).at("/spec/template/spec/containers/0");
  }

  private JsonNode named(String kind, String name) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
