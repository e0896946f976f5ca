package dev.indelible.e2e;

import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One operation of a service, as the service's own OpenAPI document has it.
///
/// @param service as the table calls it
/// @param process where it is called
/// @param consumes the media type of its body, when it takes one
/// @param produces the media types to choose from
record Operation(
    String service,
    Service process,
    String method,
    String path,
    Optional<String> consumes,
    List<String> produces) {
  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "head", "options", "trace");

  /// All that the three services have.
  static List<Operation> all(Api api) {
    Stream<Operation> records =
        Stream.concat(of("claims", api.claims()), of("trials", api.trials()));
    return Stream.concat(records, of("ledger", api.stack().ledger())).toList();
  }

  private static Stream<Operation> of(String service, Service process) {
    byte[] document =
        RestAssured.given()
            .baseUri(process.managementUrl())
            .queryParam("format", "json")
            .get("/q/openapi")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    return members(JsonReader.readObject(document), "paths").entrySet().stream()
        .flatMap(
            path ->
                METHODS.stream()
                    .filter(method -> members(path.getValue()).containsKey(method))
                    .map(method -> of(service, process, path, method)));
  }

  private static Operation of(
      String service, Service process, Map.Entry<String, Json> path, String method) {
    Json about = members(path.getValue()).get(method);
    return new Operation(
        service,
        process,
        method.toUpperCase(Locale.ROOT),
        path.getKey(),
        members(about, "requestBody", "content").keySet().stream().findFirst(),
        produced(members(about, "responses")));
  }

  private static List<String> produced(Map<String, Json> responses) {
    List<String> types =
        responses.keySet().stream()
            .filter(status -> status.startsWith("2"))
            .flatMap(status -> members(responses.get(status), "content").keySet().stream())
            .distinct()
            .toList();
    return types.isEmpty() ? List.of("*/*") : types;
  }

  private static Map<String, Json> members(Json json, String... names) {
    Json at = json;
    for (String name : names) {
      at = members(at).getOrDefault(name, new Json.JsonNull());
    }
    return members(at);
  }

  private static Map<String, Json> members(Json json) {
    return json instanceof JsonObject object ? object.members() : Map.of();
  }

  boolean isRead() {
    return method.equals("GET");
  }

  /// Whether it answers with what is found rather than with what was named.
  boolean isList() {
    return isRead() && !path.contains("{") || path.endsWith("/_search");
  }

  /// How the table names it.
  @Override
  public String toString() {
    return service + " " + method + " " + path;
  }
}
