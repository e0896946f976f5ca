package dev.indelible.ledger.crash;

import static io.restassured.RestAssured.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.DyingDatabase.Fate;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.block.BlockSealed;
import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.BlockWitnessed;
import dev.indelible.ledger.crash.CrashTable.Row;
import dev.indelible.ledger.crash.Left.Counts;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.log.MatchToken;
import dev.indelible.ledger.log.PendingEntries;
import dev.indelible.ledger.log.Placement;
import dev.indelible.ledger.log.Placement.Sequenced;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.ledger.witness.AskedWitness;
import dev.indelible.ledger.witness.StartCheck;
import dev.indelible.ledger.witness.StartVerdict;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each row of [CrashTable] on the real PostgreSQL: a writer dies there, another one starts, and
/// whoever was not answered comes again.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "3"))
@WithTestResource(TestTokens.class)
class CrashTableTest {
  private static final Set<Write> LEASED = Set.of(Write.OFFICE, Write.RENEWAL, Write.LEAVING);

  @Inject Logs logs;
  @Inject LogStore store;
  @Inject BlockSealer sealer;
  @Inject StartCheck startCheck;
  @Inject AskedWitness witnesses;
  @Inject Event<BlockSealed> sealed;
  @Inject Event<BlockWitnessed> witnessed;

  private final Sql sql = new Sql();
  private Log log;
  private Submission submission;
  private Counts before;
  private long lastBlock;

  static Stream<Row> rows() {
    return CrashTable.ROWS.stream();
  }

  /// The service itself stands by.
  @BeforeEach
  void prepare() throws Exception {
    log = logs.get("claims");
    for (int i = 0; sql.number("SELECT count(*) FROM block WHERE log = 'claims'") == 0; i++) {
      assertTrue(i < 500, "the log does not begin");
      Thread.sleep(20);
    }
    Entry entry = Entries.random();
    MatchToken token = new MatchToken("id", MatchToken.Kind.UNIQUE, 1, entry.leafHash());
    submission = Submission.of(entry, List.of(token));
    giveOfficeTo(Victim.ID);
    lastBlock = sql.number("SELECT max(number) FROM block WHERE log = 'claims'");
    before = counts();
  }

  /// It takes the office again.
  @AfterEach
  void giveOfficeBack() throws SQLException {
    sql.update("UPDATE log_head SET frozen = NULL WHERE log = 'claims'");
    sql.update("UPDATE lease SET until = '-infinity' WHERE log = 'claims'");
  }

  private void giveOfficeTo(String holder) throws SQLException {
    sql.update("UPDATE lease SET holder = ?, until = 'infinity' WHERE log = 'claims'", holder);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theNextWriterGoesOn(Row row) throws Exception {
    Victim victim = new Victim(log, submission, witnesses, witnessed, others());
    victim.live(row.write());
    final Object until = until();
    victim.die(row);
    Left left = row.left();
    assertEquals(left.counts(), since(before));
    assertEquals(left == Left.FROZEN, store.head("claims").frozen().isPresent());
    assertTrue(victim.told().isEmpty() || left.counts().entries() == 1, "told what is lost");
    assertTrue(!victim.showed() || left.counts().blocks() == 1, "showed what is lost");
    assertEquals(
        LEASED.contains(row.write()) && row.fate() == Fate.PERSISTED, !until.equals(until()));
    assertEquals(left == Left.TAIL || left == Left.SIGNED, hasTail());
    assertNothingIsShownOf(left);
    final Object head = head("log_head");
    final Optional<String> note = witnessedNote();

    WriterUnderTest next = nextWriter(left);
    assertFalse(hasTail());
    assertEquals(head, head("block"));
    Sequenced place = comesAgain(next);
    assertEquals(left.counts().entries() == 0, place.isNew());
    assertEquals(place.index(), victim.told().map(Placement::index).orElse(place.index()));
    assertThereOnce(place.index());
    assertWitnessed(place.index());
    assertEquals(note.isPresent(), left == Left.WITNESSED);
    assertTrue(note.isEmpty() || note.equals(witnessedNote()), "its receipts have changed");
    Oracle.requireNoDifference();
  }

  /// What the tables say, each of which has to say the same.
  private Counts counts() throws SQLException {
    long epochs = same("SELECT epoch FROM log_head %s", "SELECT epoch FROM lease %s");
    long entries =
        same(
            "SELECT size FROM log_head %s",
            "SELECT count(*) FROM entry %s",
            "SELECT max(idx) + 1 FROM entry %s",
            "SELECT sum(octet_length(hashes)) / 32 FROM tile %s AND level = 0");
    long blocks = same("SELECT count(*) FROM block %s", "SELECT count(*) FROM token_seal %s");
    long cosignatures = number("SELECT count(*) FROM cosignature %s AND block > " + lastBlock);
    return new Counts(epochs, entries, blocks, cosignatures);
  }

  private long same(String... questions) throws SQLException {
    long first = number(questions[0]);
    for (String question : questions) {
      assertEquals(first, number(question), question);
    }
    return first;
  }

  private long number(String question) throws SQLException {
    return sql.number(question.formatted("WHERE log = 'claims'"));
  }

  private Counts since(Counts then) throws SQLException {
    Counts now = counts();
    return new Counts(
        now.epochs() - then.epochs(),
        now.entries() - then.entries(),
        now.blocks() - then.blocks(),
        now.cosignatures() - then.cosignatures());
  }

  private boolean hasTail() throws SQLException {
    String sealed = "(SELECT max(end_) FROM block %1$s)";
    return number("SELECT size - " + sealed + " FROM log_head %1$s") > 0;
  }

  /// Until when the office is held, which decides nothing but how long the others wait.
  private Object until() throws SQLException {
    return sql.list("SELECT until::text FROM lease WHERE log = 'claims'").getFirst();
  }

  /// The newest of them.
  private Object head(String table) throws SQLException {
    String newest =
        "SELECT encode(root, 'hex') FROM %s WHERE log = 'claims' ORDER BY %s DESC LIMIT 1";
    String order = table.equals("block") ? "number" : "size";
    return sql.list(newest.formatted(table, order)).getFirst();
  }

  private void assertNothingIsShownOf(Left left) {
    if (left.counts().blocks() < left.counts().entries()) {
      long index = before.entries();
      get("/v1/logs/claims/entries/" + index + "/receipt").then().statusCode(404);
      for (int level : new int[] {Tile.ENTRIES, 0}) {
        Tile tile = new Tile(level, index / Tile.FULL, (int) (index % Tile.FULL) + 1);
        get("/logs/claims/tile/" + tile.path()).then().statusCode(404);
      }
    }
  }

  private Optional<String> witnessedNote() throws SQLException {
    return sql
        .list(
            "SELECT witnessed_note FROM block WHERE log = 'claims' AND number = ?"
                + " AND witnessed_note IS NOT NULL",
            lastBlock + 1)
        .stream()
        .map(Object::toString)
        .findFirst();
  }

  private WriterUnderTest.Others others() {
    return new WriterUnderTest.Others() {
      @Override
      public StartVerdict ask(long size) {
        try {
          return startCheck.ask(log, size, () -> {});
        } catch (SQLException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public List<Submission> unsaid() {
        return List.of();
      }
    };
  }

  private WriterUnderTest start() throws Exception {
    giveOfficeTo("successor");
    WriterUnderTest next =
        new WriterUnderTest(
            log,
            new WriterUnderTest.Tools(
                "successor",
                Clock.systemUTC(),
                store,
                sealer,
                others(),
                block -> sealed.fire(new BlockSealed(log, block))),
            Victim.TERM);
    next.step();
    return next;
  }

  private WriterUnderTest nextWriter(Left left) throws Exception {
    WriterUnderTest next = start();
    if (left == Left.FROZEN) {
      assertTrue(next.halted().isPresent());
      assertFalse(next.isWriting());
      sql.update("UPDATE log_head SET frozen = NULL WHERE log = 'claims'");
      next = start();
    }
    assertTrue(next.isWriting());
    return next;
  }

  private Sequenced comesAgain(WriterUnderTest next) throws Exception {
    PendingEntries pending = next.submit(List.of(submission));
    next.step();
    next.seal();
    assertTrue(pending.included().isDone());
    return (Sequenced) pending.sequenced().join().getFirst();
  }

  private void assertThereOnce(long index) throws SQLException {
    Object entry = submission.entry().bytes();
    assertEquals(
        List.of(index),
        sql.list("SELECT idx FROM entry WHERE log = 'claims' AND bytes = ?", entry));
    Object token = submission.leafHash().bytes();
    assertEquals(
        List.of(index),
        sql.list("SELECT idx FROM match_token WHERE log = 'claims' AND digest = ?", token));
  }

  private void assertWitnessed(long index) throws Exception {
    String path = "/v1/logs/claims/entries/" + index + "/receipt";
    JsonPath receipt = get(path).jsonPath();
    for (int i = 0; !"witnessed".equals(receipt.getString("level")); i++) {
      assertTrue(i < 500, "no quorum");
      Thread.sleep(20);
      receipt = get(path).jsonPath();
    }
    Hash leaf = submission.leafHash();
    TlogProof proof = TlogProof.parse(receipt.getString("proof"));
    assertTrue(new ReceiptVerifier(log.policy()).verify(leaf, proof).witnessed());
  }

  @Test
  void theHandbookShowsTheTable() throws Exception {
    String handbook = Files.readString(Path.of("..", "docs", "operations.md"));
    assertTrue(handbook.contains(CrashTable.markdown()), CrashTable::markdown);
  }
}
