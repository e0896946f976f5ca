package dev.indelible.ledger.testing;

import static io.restassured.RestAssured.given;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Batch;
import dev.indelible.transparency.cose.Draft;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.NoteSigner;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Entries of the registered issuer, and how they are submitted.
public final class Entries {
  private static final String ISSUER = "urn:indelible:org:alder";

  private Entries() {}

  public static Entry random() {
    return about("urn:uuid:" + UUID.randomUUID());
  }

  public static Entry about(String record) {
    Hash root = Hash.sha256(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    return Entry.sign(ISSUER, record, root, LedgerFiles.issuer().signer());
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

  /// Appends as the header `Prefer` says.
  public static Response appendPreferring(String prefer, String log, Entry entry) {
    return given()
        .auth()
        .oauth2(TestTokens.of("log-writer"))
        .contentType("application/json")
        .header("Prefer", prefer)
        .body(body(entry))
        .post("/v1/logs/" + log + "/entries");
  }

  public static List<Draft> drafts(int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Hash root = Hash.sha256(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
      drafts.add(new Draft("urn:uuid:" + UUID.randomUUID(), root));
    }
    return drafts;
  }

  /// Appends statements under one signature, as the header `Prefer` says.
  public static Response appendBatch(String prefer, String log, List<Draft> drafts) {
    NoteSigner issuer = LedgerFiles.issuer();
    Hash kid = issuer.key().thumbprint();
    byte[] signature = issuer.signer().sign(Batch.of(ISSUER, drafts, kid).toBeSigned());
    List<Map<String, String>> statements =
        drafts.stream()
            .map(it -> Map.of("subject", it.subject(), "root", it.statementRoot().toBase64()))
            .toList();
    return given()
        .auth()
        .oauth2(TestTokens.of("log-writer"))
        .contentType("application/json")
        .header("Prefer", prefer)
        .body(
            Map.of(
                "issuer",
                ISSUER,
                "kid",
                kid.toBase64(),
                "signature",
                Base64.getEncoder().encodeToString(signature),
                "statements",
                statements))
        .post("/v1/logs/" + log + "/batches");
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
