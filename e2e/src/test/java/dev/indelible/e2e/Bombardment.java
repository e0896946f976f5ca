package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.e2e.AccessTable.Granted;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Every operation that takes a body, called by somebody who may call it, about a record of theirs:
/// what it is sent is therefore read. The operations come from the services' own OpenAPI documents,
/// so a new one is bombed too.
final class Bombardment {
  private static final String JSON = "application/json";
  private static final int LIMIT = 1 << 20;

  /// So that the bodies fit into memory.
  private static final int AT_ONCE = 64;

  private static final String GZIP = text(gzip(" ".repeat(50_000_000)));

  private final Api api;
  private final AccessTable table = AccessTable.read();
  private final Map<Caller, String> tokens = new EnumMap<>(Caller.class);
  private final Records records;

  /// @param headers beyond what says who sends it
  /// @param body a character for each byte
  private record Shell(
      String name, String type, Map<String, String> headers, String body, Set<Integer> answers) {}

  private record Shot(Operation operation, String token, String path, Shell shell) {
    @Override
    public String toString() {
      return operation + ", " + shell.name();
    }
  }

  Bombardment(Api api) {
    this.api = api;
    this.records = records();
  }

  /// Returns how many requests were refused, each as it has to be.
  int run() {
    List<Operation> operations =
        Operation.all(api).stream().filter(operation -> operation.consumes().isPresent()).toList();
    List<Shell> packed = packed();
    List<Shot> shots = new ArrayList<>();
    for (Operation operation : operations) {
      String token = token(operation);
      String path = records.fill(operation.path());
      shells(operation).forEach(shell -> shots.add(new Shot(operation, token, path, shell)));
      packed.forEach(shell -> shots.add(new Shot(operation, token, path, shell)));
    }
    for (int i = 0; i < shots.size(); i += AT_ONCE) {
      AtOnce.each(shots.subList(i, Math.min(i + AT_ONCE, shots.size())), Bombardment::fire);
    }
    return shots.size();
  }

  private static void fire(Shot shot) {
    RequestSpecification request =
        Api.anyone(shot.operation().process())
            .urlEncodingEnabled(false)
            .header("Authorization", "Bearer " + shot.token())
            .headers(shot.shell().headers())
            .contentType(shot.shell().type());
    // REST Assured takes no bytes for a form, and makes these of the text.
    Response answer =
        (shot.shell().type().contains("form-urlencoded")
                ? request.body(shot.shell().body())
                : request.body(shot.shell().body().getBytes(ISO_8859_1)))
            .request(shot.operation().method(), shot.path());
    if (!shot.shell().answers().contains(answer.statusCode())) {
      throw new AssertionError(shot + ": " + answer.statusCode() + " " + answer.asString());
    }
    Reticence.require(answer);
    if (answer.asByteArray().length > 150_000) {
      throw new AssertionError(shot + ": the body is sent back");
    }
  }

  /// What is in the operation's own form, and one byte more than it takes.
  private static List<Shell> shells(Operation operation) {
    String type = operation.consumes().orElseThrow();
    Map<String, String> bodies = type.contains("json") ? inJson() : inCbor();
    List<Shell> shells = new ArrayList<>();
    bodies.forEach(
        (name, body) -> shells.add(new Shell(name, type, Map.of(), body, Set.of(400, 422))));
    int limit = operation.service().equals("ledger") ? 4 * LIMIT : LIMIT;
    String tooMuch = " ".repeat(limit + 1);
    shells.add(new Shell("too much", type, Map.of(), tooMuch, Set.of(413)));
    shells.add(new Shell("gzip", type, Map.of("Content-Encoding", "gzip"), GZIP, Set.of(415)));
    return shells;
  }

  private static Map<String, String> inJson() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("arrays", "[".repeat(400_000) + "]".repeat(400_000));
    bodies.put("open arrays", "[".repeat(900_000));
    bodies.put("objects", "{\"a\":".repeat(150_000) + "1" + "}".repeat(150_000));
    bodies.put("a long number", "{\"a\":" + "9".repeat(1_000_000) + "}");
    bodies.put("a large exponent", "{\"a\":1e999999999}");
    bodies.put("a long string", "{\"a\":\"" + "x".repeat(1_000_000) + "\"}");
    bodies.put("names of one hash", Bomb.many());
    return bodies;
  }

  /// RFC 8949, and with it COSE; shorter than the longest statement.
  private static Map<String, String> inCbor() {
    String lengths = "\u00ff".repeat(8);
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("CBOR arrays", "\u0081".repeat(120_000) + "\0");
    bodies.put("CBOR open arrays", "\u009f".repeat(120_000));
    bodies.put("CBOR maps", "\u00a1\0".repeat(60_000) + "\0");
    bodies.put("CBOR tags", "\u00d2".repeat(120_000) + "\0");
    bodies.put("CBOR COSE of tags", "\u00d2\u0084\u0040" + "\u00a1\u0081".repeat(60_000));
    bodies.put("CBOR string without an end", "\u00d2\u0084\u005b" + lengths);
    bodies.put("CBOR array without an end", "\u009b" + lengths);
    bodies.put("CBOR map without an end", "\u00d2\u0084\u0040\u00bb" + lengths);
    bodies.put("CBOR chunks", "\u005f" + "\u0040".repeat(120_000));
    return bodies;
  }

  /// What no operation takes, so that nobody begins to unpack or to split it.
  private static List<Shell> packed() {
    String zip = text(zip("[" + " ".repeat(50_000_000) + "]"));
    String header =
        "ISA*00*          *00*          *ZZ*A              *ZZ*B              *261127*1600*^*00501*"
            + "000000001*0*T*:~";
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("application/zip", zip);
    bodies.put("application/gzip", GZIP);
    bodies.put("application/EDI-X12", header + "GS*HC*".repeat(150_000));
    bodies.put("application/EDIFACT", "UNA:+.? 'UNB+".repeat(70_000));
    List<Shell> shells = new ArrayList<>();
    bodies.forEach((type, body) -> shells.add(new Shell(type, type, Map.of(), body, Set.of(415))));
    return shells;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] zip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      out.putNextEntry(new ZipEntry("../../claim.json"));
      out.write(text.getBytes(UTF_8));
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /// Of the first role that the table names.
  private String token(Operation operation) {
    if (!(table.of(operation) instanceof Granted(Map<String, AccessTable.Scope> roles))) {
      throw new AssertionError("everybody may send a body to " + operation);
    }
    String role = roles.keySet().stream().sorted().findFirst().orElseThrow();
    Caller caller = Caller.valueOf(role.toUpperCase(Locale.ROOT).replace('-', '_'));
    return tokens.computeIfAbsent(
        caller, each -> each.token(api.stack().tokens(), each.isPerson()).orElseThrow());
  }

  /// As few as there are places for in the paths of operations that take a body.
  private Records records() {
    String claim =
        api.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000))
            .jsonPath()
            .getString("id");
    String glass =
        api.fresh("auditor", api.claims())
            .contentType(JSON)
            .body("{\"reason\":\"complaint\",\"explanation\":\"somebody complained\"}")
            .post("/v1/claims/{id}/break-glass", claim)
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    String protocol =
        api.as("sponsor", api.trials())
            .contentType(JSON)
            .body(Samples.protocol(Samples.nct()))
            .post("/v1/protocols")
            .jsonPath()
            .getString("id");
    return new Records(
        Map.of(
            "/v1/break-glass/{id}", "/v1/break-glass/" + glass,
            "/v1/claims/{id}", "/v1/claims/" + claim,
            "/v1/protocols/{id}", "/v1/protocols/" + protocol),
        Map.of(),
        Set.of());
  }
}
