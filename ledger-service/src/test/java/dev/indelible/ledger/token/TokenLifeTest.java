package dev.indelible.ledger.token;

import static dev.indelible.ledger.testing.Entries.append;
import static dev.indelible.ledger.testing.Entries.post;
import static dev.indelible.ledger.testing.Entries.token;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.cose.Entry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens are erased and re-keyed, and the log is none the wiser.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "generations", value = "2"))
@WithTestResource(TestTokens.class)
class TokenLifeTest {
  @Inject Logs logs;

  private Sql sql;

  @BeforeEach
  void database() {
    sql = new Sql();
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void erasesTheTokensOfARecordThatHasATombstone() throws Exception {
    Entry entry = Entries.random();
    long index = index(append("claims", entry, token("id", "unique", "e1"), day("e1")));
    long other = index(append("claims", Entries.random(), token("id", "unique", "e2")));
    long tombstone = index(append("claims", Entries.about(entry.subject())));
    assertEquals(2, tokensAt(index));

    erase(tombstone, index).then().statusCode(200).body("erased", equalTo(2));
    assertEquals(0, tokensAt(index));
    assertEquals(1, tokensAt(other));
    erase(tombstone, index).then().statusCode(200).body("erased", equalTo(0));
    // What was refused as a duplicate is nobody's duplicate any more.
    append("claims", Entries.random(), token("id", "unique", "e1")).then().statusCode(201);
  }

  @Test
  void noTableHasAnythingLeftOfAnErasedToken() throws Exception {
    Entry entry = Entries.random();
    Map<String, Object> token = token("id", "unique", "left over");
    long index = index(append("claims", entry, token));
    String digest = "encode(decode('" + token.get("digest") + "', 'base64'), 'hex')";
    String hex = sql.list("SELECT " + digest).getFirst().toString();
    String key = sql.list("SELECT key::text FROM match_token WHERE idx = ?", index).toString();
    String found = key.substring(1, key.length() - 1);
    assertTrue(dump().contains(hex) && dump().contains(found));
    long tombstone = index(append("claims", Entries.about(entry.subject())));
    erase(tombstone, index).then().statusCode(200);
    assertFalse(dump().contains(hex) || dump().contains(found));
  }

  private String dump() throws SQLException {
    StringBuilder dump = new StringBuilder();
    for (Object table : sql.list("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      sql.list("SELECT t::text FROM " + table + " t").forEach(dump::append);
    }
    return dump.toString();
  }

  @Test
  void refusesATombstoneOfAnotherRecordOrAnEarlierOne() throws Exception {
    Entry entry = Entries.random();
    long before = index(append("claims", Entries.about(entry.subject())));
    long index = index(append("claims", entry, token("id", "unique", "t1")));
    long stranger = index(append("claims", Entries.random()));
    for (long tombstone : List.of(before, stranger, 123_456_789_012L)) {
      erase(tombstone, index).then().statusCode(409).body("code", equalTo("wrong-tombstone"));
    }
    erase(1, 0).then().statusCode(409);
    assertEquals(1, tokensAt(index));
    post("claims", "erasures", "{\"tombstone\":1,\"entries\":[]}").then().statusCode(400);
    post("claims", "erasures", "{\"tombstone\":-1,\"entries\":[1]}").then().statusCode(400);
    given()
        .auth()
        .oauth2(TestTokens.of("operator"))
        .contentType("application/json")
        .body("{\"tombstone\":1,\"entries\":[0]}")
        .post("/v1/logs/claims/erasures")
        .then()
        .statusCode(403);
  }

  @Test
  void aTokenPutBackBesideAnErasedEntryIsNamed() throws Exception {
    Entry entry = Entries.random();
    long index = index(append("claims", entry, token("id", "unique", "back")));
    long tombstone = index(append("claims", Entries.about(entry.subject())));
    sql.update("CREATE TABLE kept AS SELECT * FROM match_token WHERE idx = ?", index);
    sql.update("CREATE TABLE seals AS SELECT * FROM token_seal");
    erase(tombstone, index).then().statusCode(200);

    // Also with the seal that held then: only the tombstone tells.
    sql.update("INSERT INTO match_token SELECT * FROM kept");
    String restore =
        "UPDATE token_seal t SET digest = s.digest, signature = s.signature FROM %s s"
            + " WHERE s.log = t.log AND s.block = t.block AND t.log = 'claims' AND t.block ="
            + " (SELECT number FROM block WHERE log = 'claims' AND start_ <= %d AND end_ > %d)";
    sql.update("CREATE TABLE now AS SELECT * FROM token_seal");
    sql.update(restore.formatted("seals", index, index));
    JsonPath report = Oracle.audit();
    assertEquals(List.of("claims/" + index + "/id"), report.getList("differences.row"));
    assertEquals("the entry's record was erased", report.getString("differences[0].message"));

    sql.update("DELETE FROM match_token WHERE idx = ?", index);
    sql.update(restore.formatted("now", index, index));
    sql.update("DROP TABLE kept, seals, now");
  }

  @Test
  void neverSignsWhatSomebodyEdited() throws Exception {
    Entry entry = Entries.random();
    long index = index(append("claims", entry, token("id", "unique", "edit"), day("edit")));
    long tombstone = index(append("claims", Entries.about(entry.subject())));
    sql.update("UPDATE match_token SET kind = 'unique' WHERE idx = ? AND kind = 'alert'", index);
    assertEquals("CONTRADICTED", Oracle.audit().getString("verdict"));
    rekey(index, token("id", "unique", 9, "edit"))
        .then()
        .body("entries[0].outcome", equalTo("added"));
    assertEquals("CONTRADICTED", Oracle.audit().getString("verdict"));
    // Undone, the seal is that of before the re-keying; then all is well again.
    sql.update("DELETE FROM match_token WHERE idx = ? AND epoch = 9", index);
    sql.update("UPDATE match_token SET kind = 'alert' WHERE idx = ? AND name = 'day'", index);
    assertEquals("MATCHES", Oracle.audit().getString("verdict"));
    erase(tombstone, index).then().statusCode(200).body("erased", equalTo(2));
  }

  /// What is refused spends no sign-in, nor what finds nothing left to do.
  @Test
  void oneSignInErasesOneEpoch() throws Exception {
    String log = "trials";
    long entry = index(append(log, Entries.random(), token("id", "unique", 11, "key-11 y")));
    String once = TestTokens.of("operator");
    deleteEpoch(once, log, 11).then().statusCode(409).body("code", equalTo("epoch-in-use"));
    rekey(log, entry, token("id", "unique", 12, "key-12 y")).then().statusCode(200);
    rekey(log, entry, token("id", "unique", 13, "key-13 y")).then().statusCode(200);
    deleteEpoch(once, log, 99).then().statusCode(200).body("erased", equalTo(0));
    deleteEpoch(once, log, 11).then().statusCode(200).body("erased", equalTo(1));
    deleteEpoch(once, log, 11).then().statusCode(200).body("erased", equalTo(0));
    deleteEpoch(once, log, 12).then().statusCode(401).body("code", equalTo("authentication-spent"));
    deleteEpoch(log, 12).then().statusCode(200).body("erased", equalTo(1));
    deleteEpoch(log, 13).then().statusCode(409);
  }

  @Test
  void aDuplicateIsRefusedAfterItsEpochIsErased() throws Exception {
    String log = "trials";
    long first = index(append(log, Entries.random(), token("id", "unique", 1, "key-1 x")));
    deleteEpoch(log, 1).then().statusCode(409).body("code", equalTo("epoch-in-use"));
    rekey(log, first, token("id", "unique", 2, "key-2 x"))
        .then()
        .statusCode(200)
        .body("entries[0].outcome", equalTo("added"));
    rekey(log, first, token("id", "unique", 2, "key-2 x"))
        .then()
        .body("entries[0].outcome", equalTo("added"));
    assertEquals(
        2, sql.number("SELECT count(*) FROM match_token WHERE log = 'trials' AND idx = " + first));

    deleteEpoch(log, 1).then().statusCode(200).body("erased", equalTo(1));
    deleteEpoch(log, 1).then().statusCode(200).body("erased", equalTo(0));
    append(log, Entries.random(), token("id", "unique", 2, "key-2 x"))
        .then()
        .statusCode(409)
        .body("duplicateOf.index", equalTo((int) first));
    append(log, Entries.random(), token("id", "unique", 1, "key-1 x")).then().statusCode(201);
  }

  @Test
  void reportsATokenThatAnotherEntryHasAndChangesNothingElseOfThatItem() throws Exception {
    long holder = index(append("claims", Entries.random(), token("id", "unique", 2, "held")));
    long index = index(append("claims", Entries.random(), token("id", "unique", 1, "mine")));
    Entry gone = Entries.random();
    long erased = index(append("claims", gone));
    long tombstone = index(append("claims", Entries.about(gone.subject())));
    erase(tombstone, erased).then().statusCode(200);
    List<Map<String, Object>> items =
        List.of(
            item(index, token("day", "alert", 2, "held"), token("id", "unique", 2, "held")),
            item(holder, token("day", "alert", 2, "held")),
            item(erased, token("id", "unique", 2, "new")),
            item(900_000_000, token("id", "unique", 2, "new")));
    post("claims", "tokens", Map.of("entries", items))
        .then()
        .statusCode(200)
        .body("entries.outcome", equalTo(List.of("duplicate", "added", "erased", "missing")))
        .body("entries[0].original", equalTo((int) holder));
    assertEquals(1, tokensAt(index));
    assertEquals(2, tokensAt(holder));
    assertEquals(0, tokensAt(erased));
  }

  @Test
  void reKeyingAndAppendingAtOnceGiveAUniqueTokenToOneEntry() throws Exception {
    List<Long> indices = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      indices.add(index(append("claims", Entries.random())));
    }
    List<Future<Integer>> taken = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (long index : indices) {
        taken.add(threads.submit(() -> added(rekey(index, token("id", "unique", 3, "race")))));
        Entry entry = Entries.random();
        taken.add(
            threads.submit(
                () -> {
                  Response answer = append("claims", entry, token("id", "unique", 3, "race"));
                  return answer.statusCode() == 201 ? 1 : 0;
                }));
      }
    }
    int winners = 0;
    for (Future<Integer> one : taken) {
      winners += one.get();
    }
    assertEquals(1, winners);
  }

  private static int added(Response answer) {
    return answer.jsonPath().getString("entries[0].outcome").equals("added") ? 1 : 0;
  }

  @Test
  void sealsOfAnOldBlockAreSignedByTheKeysOfToday() throws Exception {
    Entry entry = Entries.random();
    long index = index(append("claims", entry, token("id", "unique", "old keys")));
    long tombstone = index(append("claims", Entries.about(entry.subject())));
    given()
        .auth()
        .oauth2(TestTokens.of("operator"))
        .contentType("application/json")
        .body("{\"generation\":2}")
        .post("/v1/logs/claims/keys/announce")
        .then()
        .statusCode(201);
    Object before = seal(index);
    erase(tombstone, index).then().statusCode(200).body("erased", equalTo(1));
    assertFalse(before.equals(seal(index)));
    Generation newest = logs.get("claims").keys().newest();
    assertEquals(2, newest.number());
    assertTrue(
        newest
            .keys()
            .getFirst()
            .type()
            .algorithm()
            .verify(
                newest.keys().getFirst().publicKey(),
                message((byte[]) sealColumn("digest", index)),
                (byte[]) sealColumn("signature", index)));
  }

  private static byte[] message(byte[] digest) {
    byte[] label = ("indelible/tokens/v1\n" + LedgerFiles.ORIGIN + "/claims\n").getBytes();
    byte[] message = java.util.Arrays.copyOf(label, label.length + digest.length);
    System.arraycopy(digest, 0, message, label.length, digest.length);
    return message;
  }

  private Object seal(long leaf) throws SQLException {
    return java.util.HexFormat.of().formatHex((byte[]) sealColumn("signature", leaf));
  }

  private Object sealColumn(String column, long leaf) throws SQLException {
    return sql.list(
            "SELECT s.%s FROM token_seal s JOIN block b ON b.log = s.log AND b.number = s.block"
                    .formatted(column)
                + " WHERE b.log = 'claims' AND b.start_ <= ? AND b.end_ > ?",
            leaf,
            leaf)
        .getFirst();
  }

  private long tokensAt(long index) throws SQLException {
    return sql.number("SELECT count(*) FROM match_token WHERE log = 'claims' AND idx = ?", index);
  }

  private static Map<String, Object> day(String value) {
    return token("day", "alert", value);
  }

  private static long index(Response answer) {
    assertEquals(201, answer.statusCode(), answer.asString());
    return answer.jsonPath().getLong("index");
  }

  private static Response erase(long tombstone, long entry) {
    return post("claims", "erasures", Map.of("tombstone", tombstone, "entries", List.of(entry)));
  }

  @SafeVarargs
  private static Map<String, Object> item(long index, Map<String, Object>... tokens) {
    return Map.of("index", index, "tokens", List.of(tokens));
  }

  private static Response rekey(long index, Map<String, Object> token) {
    return rekey("claims", index, token);
  }

  private static Response rekey(String log, long index, Map<String, Object> token) {
    return post(log, "tokens", Map.of("entries", List.of(item(index, token))));
  }

  private static Response deleteEpoch(String log, int epoch) {
    return deleteEpoch(TestTokens.of("operator"), log, epoch);
  }

  private static Response deleteEpoch(String operator, String log, int epoch) {
    return given().auth().oauth2(operator).delete("/v1/logs/" + log + "/tokens?epoch=" + epoch);
  }
}
