package dev.indelible.local.realm;

import dev.indelible.local.LocalException;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The realm `indelible` through Keycloak's admin REST API, as an administrator of the realm
/// `master`. For one command: the token lives a minute.
public final class KeycloakAdmin implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String realm;
  private final String token;

  /// Signs in.
  ///
  /// @param url where Keycloak is
  /// @throws LocalException when Keycloak does not let us in
  public KeycloakAdmin(String url, String name, String password) {
    this.realm = url + "/admin/realms/indelible";
    this.token = signIn(url, name, password);
  }

  @Override
  public void close() {
    http.close();
  }

  /// Reads a resource.
  ///
  /// @param path below the realm, empty for the realm itself
  JsonObject get(String path) {
    return (JsonObject) read(path);
  }

  /// Reads a list of resources.
  List<JsonObject> list(String path) {
    return ((JsonArray) read(path)).elements().stream().map(JsonObject.class::cast).toList();
  }

  /// The realm as Keycloak exports it, without clients, roles and people.
  JsonObject exported() {
    return JsonReader.readObject(send("POST", "partial-export", new byte[0]));
  }

  void put(String path, Json body) {
    var ignored = send("PUT", path, CanonicalJson.bytes(body));
  }

  void post(String path, Json body) {
    var ignored = send("POST", path, CanonicalJson.bytes(body));
  }

  void delete(String path) {
    var ignored = send("DELETE", path, new byte[0]);
  }

  void delete(String path, Json body) {
    var ignored = send("DELETE", path, CanonicalJson.bytes(body));
  }

  /// A name as a part of a path.
  static String part(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Json read(String path) {
    return JsonReader.read(send("GET", path, new byte[0]));
  }

  private byte[] send(String method, String path, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(path.isEmpty() ? realm : realm + "/" + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> answer = exchange(request);
    if (answer.statusCode() >= 300) {
      throw new LocalException(
          "Keycloak answered %d to %s %s: %s"
              .formatted(
                  answer.statusCode(),
                  method,
                  path,
                  new String(answer.body(), StandardCharsets.UTF_8)),
          "compare identity/realm.json with Keycloak's admin API");
    }
    return answer.body();
  }

  private String signIn(String url, String name, String password) {
    String form =
        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
            .formatted(part(name), part(password));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/realms/master/protocol/openid-connect/token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<byte[]> answer = exchange(request);
    if (answer.statusCode() != 200) {
      throw new LocalException(
          "Keycloak at %s does not let %s in as its administrator: it answered %d"
              .formatted(url, name, answer.statusCode()),
          "the password is the one that the installation began with");
    }
    return JsonReader.readObject(answer.body()).findString("access_token").orElseThrow();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new LocalException(
          "Keycloak does not answer at " + request.uri(),
          "./indelible status, or the address that was given",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while asking Keycloak", "try again", e);
    }
  }
}
