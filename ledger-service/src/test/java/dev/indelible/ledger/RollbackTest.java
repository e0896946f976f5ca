package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.ledger.witness.StartCheck;
import dev.indelible.ledger.witness.StartVerdict.Agreed;
import dev.indelible.ledger.witness.StartVerdict.Objected;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "of a log that is spoiled"))
@WithTestResource(TestTokens.class)
class RollbackTest {
  @Inject StartCheck startCheck;
  @Inject Logs logs;

  @Test
  void aLogThatLostItsLatestEntriesIsNotWrittenAgain() throws Exception {
    Sql sql = new Sql();
    long before = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    awaitLevel(before, "witnessed");
    sql.update("CREATE TABLE kept_head AS SELECT * FROM log_head WHERE log = 'claims'");
    sql.update("CREATE TABLE kept_tile AS SELECT * FROM tile WHERE log = 'claims'");
    long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    awaitLevel(index, "witnessed");
    assertEquals(new Agreed(), startCheck.ask(logs.get("claims"), index + 1, () -> {}));
    // As if another process were started on it.
    assertInstanceOf(Objected.class, startCheck.ask(logs.get("claims"), before + 1, () -> {}));
    // As if an older backup had been restored and a writer started on it.
    long number = sql.number("SELECT max(number) FROM block WHERE log = 'claims'");
    sql.update("DELETE FROM cosignature WHERE log = 'claims' AND block = ?", number);
    sql.update("DELETE FROM token_seal WHERE log = 'claims' AND block = ?", number);
    sql.update("DELETE FROM block WHERE log = 'claims' AND number = ?", number);
    sql.update("DELETE FROM entry WHERE log = 'claims' AND idx > ?", before);
    sql.update("DELETE FROM tile WHERE log = 'claims'");
    sql.update("INSERT INTO tile SELECT * FROM kept_tile");
    sql.update(
        "UPDATE log_head h SET size = k.size, root = k.root, frontier = k.frontier"
            + " FROM kept_head k WHERE h.log = k.log");
    sql.update("UPDATE lease SET holder = 'nobody', until = '-infinity' WHERE log = 'claims'");
    for (int i = 0;
        sql.list("SELECT frozen FROM log_head WHERE log = 'claims'").getFirst() == null;
        i++) {
      assertTrue(i < 100, "the rollback was not noticed");
      Thread.sleep(50);
    }
    Entries.append("claims", Entries.random()).then().statusCode(503);
    assertEquals(
        before + 1, sql.number("SELECT max(end_) FROM block WHERE log = 'claims'"), "signed");
  }

  private static String receipt(long index) {
    return "/v1/logs/claims/entries/" + index + "/receipt";
  }

  private static JsonPath awaitLevel(long index, String level) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      JsonPath receipt = get(receipt(index)).jsonPath();
      if (level.equals(receipt.getString("level"))) {
        return receipt;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("entry " + index + " does not reach " + level);
  }
}
