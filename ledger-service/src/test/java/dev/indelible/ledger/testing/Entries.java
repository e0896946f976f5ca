package dev.indelible.ledger.testing;

import static io.restassured.RestAssured.given;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Entries of the registered issuer, and how they are submitted.
public final class Entries {
  private Entries() {}

  public static Entry random() {
    return about("urn:uuid:" + UUID.randomUUID());
  }

  public static Entry about(String record) {
    Hash root = Hash.sha256(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    return Entry.sign("urn:indelible:org:alder", record, root, LedgerFiles.issuer().signer());
  }

  public static Map<String, Object> token(String name, String kind, String value) {
    return token(name, kind, 1, value);
  }

  public static Map<String, Object> token(String name, String kind, int epoch, String value) {
    Hash digest = Hash.sha256(value.getBytes(StandardCharsets.UTF_8));
    return Map.of("name", name, "kind", kind, "epoch", epoch, "digest", digest.toBase64());
  }

  @SafeVarargs
  public static Map<String, Object> body(Entry entry, Map<String, Object>... tokens) {
    List<Map<String, Object>> list = Arrays.asList(tokens);
    return Map.of("entry", Base64.getEncoder().encodeToString(entry.bytes()), "tokens", list);
  }

  @SafeVarargs
  public static Response append(String log, Entry entry, Map<String, Object>... tokens) {
    return given()
        .auth()
        .oauth2(TestTokens.of("log-writer"))
        .contentType("application/json")
        .body(body(entry, tokens))
        .post("/v1/logs/" + log + "/entries");
  }

  /// Asks as a service does.
  public static Response post(String log, String what, Object body) {
    return given()
        .auth()
        .oauth2(TestTokens.of("log-writer"))
        .contentType("application/json")
        .body(body)
        .post("/v1/logs/" + log + "/" + what);
  }
}
