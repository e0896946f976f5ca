package dev.indelible.ledger.key;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of the log `claims` as an operator changes them and as others see them.
record ClaimsKeys(Logs logs, LedgerConfig config) {

  static Response change(String what, String role, Map<String, Object> body) {
    return changeBy(TestTokens.of(role), what, body);
  }

  static Response changeBy(String token, String what, Map<String, Object> body) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(body)
        .post("/v1/logs/claims/keys/" + what);
  }

  static void refused(String what, int generation) {
    change(what, "operator", Map.of("generation", generation))
        .then()
        .statusCode(409)
        .body("code", equalTo("key-conflict"));
  }

  static ValidatableResponse keys() {
    return get("/v1/logs/claims/keys").then().statusCode(200);
  }

  /// By which generation each of the log's lines is.
  List<Integer> generations(SignedNote note) {
    Log log = logs.get("claims");
    List<Integer> generations = new ArrayList<>();
    for (NoteSignature line : note.signatures()) {
      log.keys().held().stream()
          .filter(
              held ->
                  held.keys().stream()
                      .anyMatch(key -> key.verify(note.text(), line) && key.claims(line)))
          .forEach(held -> generations.add(held.number()));
    }
    return generations;
  }

  /// The policy of somebody who knows only these generations.
  TrustPolicy policy(int... generations) throws Exception {
    List<Integer> known = java.util.Arrays.stream(generations).boxed().toList();
    StringBuilder text = new StringBuilder();
    List<VerifierKey> unknown =
        logs.get("claims").keys().held().stream()
            .filter(held -> !known.contains(held.number()))
            .flatMap(held -> held.keys().stream())
            .toList();
    for (String line : Files.readAllLines(config.policy(), StandardCharsets.UTF_8)) {
      if (unknown.stream().noneMatch(key -> line.equals("log " + key.vkey()))) {
        text.append(line).append('\n');
      }
    }
    return TrustPolicy.parse(text.toString());
  }

  /// Another writer takes over.
  static void changeOffice() throws Exception {
    Sql sql = new Sql();
    String epoch = "SELECT epoch FROM log_head WHERE log = 'claims'";
    long before = sql.number(epoch);
    sql.update("UPDATE lease SET holder = 'somebody', until = '-infinity' WHERE log = 'claims'");
    for (int i = 0; sql.number(epoch) == before; i++) {
      assertTrue(i < 200, "no new writer");
      Thread.sleep(50);
    }
  }

  /// The audit names the row, and the field unless the whole row is wrong.
  static void assertNamed(AuditReport report, String table, String row, @Nullable String field) {
    assertEquals(Verdict.CONTRADICTED, report.verdict());
    assertTrue(
        report.differences().stream()
            .anyMatch(
                difference ->
                    difference.table().equals(table)
                        && difference.row().equals(row)
                        && java.util.Objects.equals(difference.field(), field)),
        report::toString);
  }
}
