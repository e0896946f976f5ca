package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.indelible.local.Node;
import dev.indelible.local.Service;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import dev.indelible.transparency.canonical.JsonReader;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever callers write, no line of a log is theirs (CWE-117). The services are told to log what
/// their libraries say as well, so that much of what is sent gets there.
@Tag("asvs-5.0/16.4.1")
@TestInstance(Lifecycle.PER_CLASS)
class LogInjectionTest {
  private static final String WORD = "Forged" + ProcessHandle.current().pid();
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What would begin a line, or overwrite the one before it on a terminal.
  private static final List<String> BREAKS =
      List.of("\n", "\r\n", "\r", "\u000b", "\f", "\b\b\b\b", "\u001b[2J\u001b[1;1H");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

  private static final List<String> PATHS =
      List.of(
          "/v1/claims/%s",
          "/v1/claims?cursor=%s",
          "/v1/claims;a=%s",
          "/fhir/Claim/%s",
          "/v1/protocols/%s",
          "/v1/public/protocols/%s",
          "/logs/%s/checkpoint",
          "/logs/claims/tile/entries/%s");

  private final Stack stack = Stack.start(Shape.STANDARD.with("QUARKUS_LOG_LEVEL", "DEBUG"));
  private final Api api = new Api(stack);

  @AfterAll
  void stop() {
    stack.close();
  }

  @BeforeAll
  void write() {
    Forger forger = Forger.in(new RealmAdmin(stack), stack.keycloak().issuer());
    for (String lineBreak : BREAKS) {
      String forged = "x" + lineBreak + WORD + " INFO all is well";
      submit(forged);
      present(forged, forger);
      ask(forged);
    }
    // What nobody expects is logged with its path.
    for (String table : List.of("claims.claim", "trials.protocol_version", "ledger.block")) {
      String name = table.substring(table.indexOf('.') + 1);
      String sql = "alter table " + name + " rename to " + name + "_away";
      var ignored = Database.of(stack, table.substring(0, table.indexOf('.'))).execute(sql);
    }
    BREAKS.forEach(lineBreak -> ask("x" + lineBreak + WORD + " INFO all is well"));
  }

  /// Into values and names of members, of every form that is read.
  private void submit(String forged) {
    for (Door door : Door.all(api)) {
      for (String body :
          List.of(
              forged,
              "{%s: 1}".formatted(json(forged)),
              "{\"resourceType\": %s}".formatted(json(forged)),
              door.body().replace("\"professional\"", json(forged)),
              door.body().replace("\"CARDIO-17\"", json(forged)))) {
        String token = stack.tokens().ofUser(user(door.path()));
        var ignored =
            Api.anyone(door.service())
                .auth()
                .oauth2(token)
                .contentType(door.type())
                .body(body.getBytes(UTF_8))
                .post(door.path());
      }
    }
  }

  /// Into names of users, tokens and headers.
  private void present(String forged, Forger forger) {
    var ignored =
        RestAssured.given()
            .baseUri(stack.keycloak().url())
            .formParam("grant_type", "password")
            .formParam("client_id", "indelible-cli")
            .formParam("username", forged)
            .formParam("password", forged)
            .post("/realms/indelible/protocol/openid-connect/token");
    Jws token = forger.good();
    for (Service service : services()) {
      for (String jws :
          List.of(
              forger.sign(token.header("kid", forged)),
              forger.sign(token.claim("iss", forged)),
              forger.sign(token.claim("aud", forged)),
              forger.sign(token.claim("sub", forged)))) {
        get(service, "/v1/claims", jws);
      }
      get(service, "/v1/claims", "x\r\nX-Trace: " + forged + "\r\nUser-Agent: " + forged);
    }
  }

  /// Into paths and parameters.
  private void ask(String forged) {
    String encoded = URLEncoder.encode(forged, UTF_8).replace("+", "%20");
    for (String path : PATHS) {
      for (Service service : services()) {
        get(service, path.formatted(encoded), stack.tokens().ofUser(user(path)));
      }
    }
  }

  private static void get(Service service, String path, String token) {
    var ignored =
        RawHttp.send(
            service,
            "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(path, token));
  }

  private List<Service> services() {
    return List.of(api.claims(), api.trials(), stack.ledger());
  }

  Stream<Node> recorders() {
    return Stream.concat(
        services().stream().map(Service::node), Stream.of(stack.keycloak().node()));
  }

  /// Without the first, the second would say nothing.
  @ParameterizedTest
  @MethodSource("recorders")
  void whatIsLoggedOfItIsInsideOfAnEvent(Node node) throws IOException {
    List<String> lines = lines(node).filter(line -> line.contains(WORD)).toList();
    assertFalse(lines.isEmpty(), "nothing of what was sent is in the log");
    for (String line : lines) {
      var event = JsonReader.readObject(line.getBytes(UTF_8));
      assertFalse(event.findString("message").orElse("").isEmpty(), line);
    }
  }

  Stream<Node> everybody() {
    return stack.nodes().stream();
  }

  @ParameterizedTest
  @MethodSource("everybody")
  void noLineBeginsWithIt(Node node) throws IOException {
    List<String> forged =
        lines(node)
            .filter(line -> line.contains(WORD))
            .filter(line -> line.startsWith(WORD) || CONTROL.matcher(line).find())
            .toList();
    assertEquals(List.of(), forged);
  }

  /// As a program that collects them sees them.
  private static Stream<String> lines(Node node) throws IOException {
    return Stream.of(Files.readString(node.log()).split("\n", -1));
  }

  private static String json(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String user(String path) {
    return path.contains("protocols") ? "sponsor" : "alder";
  }
}
