package dev.indelible.ledger.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.head.FencedException;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the sealer refuses to sign.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class ClockTest {
  private static final String FLIP_LAST_ENTRY =
      "UPDATE entry SET bytes = set_byte(bytes, 100, get_byte(bytes, 100) # 1)"
          + " WHERE log = 'claims' AND idx = (SELECT size - 1 FROM log_head WHERE log = 'claims')";

  @Inject Logs logs;
  @Inject SealStore store;
  @Inject LogStore logStore;

  private Log log;
  private Sql sql;

  private TreeHead head() throws SQLException {
    return logStore.head("claims").range().head();
  }

  private long epoch() throws SQLException {
    return logStore.head("claims").epoch();
  }

  /// Makes a tail that waits to be sealed, by taking the last block away.
  @BeforeEach
  void unseal() throws Exception {
    log = logs.get("claims");
    sql = new Sql();
    assertEquals(201, Entries.append("claims", Entries.random()).statusCode());
    long number = sql.number("SELECT max(number) FROM block WHERE log = 'claims'");
    sql.update("DELETE FROM block WHERE log = 'claims' AND number = ?", number);
    sql.update("DELETE FROM token_seal WHERE log = 'claims' AND block = ?", number);
  }

  @AfterEach
  void sealAndAudit() throws Exception {
    assertTrue(
        new BlockSealer(store, Clock.systemUTC()).sealRest(log, epoch(), head()).isPresent());
    Oracle.requireNoDifference();
  }

  @Test
  void aClockBeforeTheLastBlockIsFatal() {
    Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
    BlockSealer sealer = new BlockSealer(store, earlier);
    assertThrows(ClockException.class, () -> sealer.sealRest(log, epoch(), head()));
  }

  @Test
  void entriesThatWereChangedBeforeSealingAreNotSigned() throws Exception {
    sql.update(FLIP_LAST_ENTRY);
    BlockSealer sealer = new BlockSealer(store, Clock.systemUTC());
    assertThrows(SelfCheckException.class, () -> sealer.sealRest(log, epoch(), head()));
    sql.update(FLIP_LAST_ENTRY);
  }

  /// What was read over a connection to a former primary says nothing.
  @Test
  void anObjectionCountsOnlyWhileTheEpochLasts() throws Exception {
    sql.update(FLIP_LAST_ENTRY);
    BlockSealer sealer = new BlockSealer(store, Clock.systemUTC());
    assertThrows(FencedException.class, () -> sealer.sealRest(log, epoch() - 1, head()));
    sql.update(FLIP_LAST_ENTRY);
  }

  @Test
  void aBlockBeginsWhereTheOneBeforeItEnds() throws Exception {
    Block last = store.last(log).orElseThrow();
    Block apart =
        new Block(
            last.number() + 1,
            last.end() + 1,
            head(),
            last.note(),
            last.sealedAt(),
            Optional.empty(),
            last.cose());
    assertFalse(store.insert(log, apart, TokenSeal.sign(log, Hash.EMPTY_TREE)));
  }

  @Test
  void tilesThatWereChangedBeforeSealingAreNotSigned() throws Exception {
    String change =
        "UPDATE tile SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1)"
            + " WHERE log = 'claims' AND level = 0"
            + " AND n = (SELECT max(n) FROM tile WHERE log = 'claims' AND level = 0)";
    sql.update(change);
    BlockSealer sealer = new BlockSealer(store, Clock.systemUTC());
    assertThrows(SelfCheckException.class, () -> sealer.sealRest(log, epoch(), head()));
    sql.update(change);
  }
}
