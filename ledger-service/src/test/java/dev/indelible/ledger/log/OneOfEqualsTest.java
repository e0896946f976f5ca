package dev.indelible.ledger.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.head.FencedException;
import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.log.MatchToken.Kind;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of equal leaves, and of entries with equal unique tokens, one gets in: whoever is in office,
/// whatever it remembers and whoever comes in between. No constraint of the database says so.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class OneOfEqualsTest {
  /// A log that nobody else writes.
  private static final String LOG = "apart";

  @Inject Transactions transactions;

  private Sql sql;
  private Writer one;
  private Writer other;

  /// The store of one process, in which its writer takes office and leaves it.
  private final class Writer {
    private final SqlLogStore store = new SqlLogStore(transactions);
    private final LogStore.Holder holder;
    private Head head;

    Writer(String id) {
      holder = new LogStore.Holder(id, "");
    }

    /// Takes the office from whoever has it.
    void takeOffice() throws SQLException {
      sql.update("UPDATE lease SET until = '-infinity' WHERE log = ?", LOG);
      head = store.takeOffice(LOG, holder, Duration.ofMinutes(1)).orElseThrow();
    }

    /// Until it has read the earlier keys it looks up everything, later what may be there.
    void awaitKeys() throws Exception {
      await(() -> store.remembers(LOG, head));
    }

    List<Placement> append(Submission... batch) throws SQLException {
      BatchPlan plan = store.append(LOG, head.epoch(), head.range(), Arrays.asList(batch));
      head = new Head(plan.range(), head.epoch(), head.frozen());
      return plan.placements();
    }
  }

  @BeforeEach
  void begin() throws SQLException {
    sql = new Sql();
    transactions.write(
        connection -> {
          HeadStore.create(connection, LOG);
          return true;
        });
    one = new Writer("one");
    other = new Writer("other");
  }

  @AfterEach
  void end() throws SQLException {
    for (String table : List.of("match_token", "entry", "tile", "log_head", "lease", "barrier")) {
      sql.update("DELETE FROM " + table + " WHERE log = ?", LOG);
    }
  }

  private static void await(Callable<Boolean> fact) throws Exception {
    for (int i = 0; !fact.call(); i++) {
      assertTrue(i < 200, "it does not come about");
      Thread.sleep(20);
    }
  }

  private static MatchToken token(Kind kind, String value) {
    return new MatchToken("id", kind, 1, Hash.sha256(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static Submission unique(String value) {
    return Submission.of(Entries.random(), List.of(token(Kind.UNIQUE, value)));
  }

  private static Submission alert(String value) {
    return Submission.of(Entries.random(), List.of(token(Kind.ALERT, value)));
  }

  private static Placement at(long index) {
    return new Placement.Sequenced(index, true, false);
  }

  private static Placement again(long index) {
    return new Placement.Sequenced(index, false, true);
  }

  private static Placement duplicate(long index) {
    return new Placement.Duplicate(index, "id");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverComesIntoOfficeRefusesWhatTheOthersTook(boolean remembers) throws Exception {
    Submission first = unique("1");
    Submission second = unique("2");
    Submission third = unique("3");
    one.takeOffice();
    one.awaitKeys();
    assertEquals(List.of(at(0)), one.append(first));

    other.takeOffice();
    if (remembers) {
      other.awaitKeys();
    }
    assertEquals(List.of(again(0), duplicate(0), at(1)), other.append(first, unique("1"), second));

    one.takeOffice();
    if (remembers) {
      one.awaitKeys();
    }
    assertEquals(
        List.of(again(1), duplicate(1), again(0), duplicate(0), at(2)),
        one.append(second, unique("2"), first, unique("1"), third));
    assertEquals(List.of(again(2), duplicate(2)), one.append(third, unique("3")));
    assertEquals(3, sql.number("SELECT count(*) FROM entry WHERE log = ?", LOG));
    assertEquals(3, sql.number("SELECT count(*) FROM match_token WHERE log = ?", LOG));
  }

  /// A writer has looked, found nothing, and is about to move the head, when another one is in
  /// office that takes the same entry.
  @Test
  void whoHasLookedInAnOfficeThatIsOverAppendsNothing() throws Exception {
    one.takeOffice();
    one.awaitKeys();
    one.append(unique("1"));
    Submission wanted = unique("2");
    Head before = one.head;
    Future<List<Placement>> late =
        whileTheHeadIsLocked(
            () -> one.append(wanted),
            connection -> {
              // What takes office in one transaction, as the one that holds the lock.
              execute(connection, "UPDATE log_head SET epoch = epoch + 1 WHERE log = ?");
              execute(connection, "UPDATE lease SET epoch = epoch + 1 WHERE log = ?");
            });
    ExecutionException over = assertThrows(ExecutionException.class, late::get);
    assertInstanceOf(FencedException.class, over.getCause());
    assertEquals(before.range(), one.store.head(LOG).range());
    other.takeOffice();
    assertEquals(List.of(at(1)), other.append(wanted));
  }

  /// The same when somebody gives an earlier entry the token that the writer has just not found.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoHasLookedBeforeTokensWereAddedLooksAgain(boolean remembers) throws Exception {
    if (remembers) {
      one.takeOffice();
      one.awaitKeys();
      one.append(unique("1"));
    } else {
      other.takeOffice();
      other.append(unique("1"));
      one.takeOffice();
      one.store.leaveOffice(LOG, one.holder); // forgets what it has read; the epoch goes on
    }
    Future<List<Placement>> late =
        whileTheHeadIsLocked(
            () -> one.append(unique("2")),
            connection -> {
              HeadStore.rekey(connection, LOG);
              OptionalLong holder =
                  TokenChanges.add(connection, LOG, 0, List.of(token(Kind.UNIQUE, "2")));
              assertTrue(holder.isEmpty());
            });
    assertEquals(List.of(duplicate(0)), late.get());
    assertEquals(List.of(duplicate(0)), one.append(unique("2")));
  }

  /// Begins `work` while somebody has the lock of the head, waits until it waits for that lock, and
  /// only then lets `change` happen.
  private <T> Future<T> whileTheHeadIsLocked(Callable<T> work, Change change) throws Exception {
    try (var thread = Executors.newSingleThreadExecutor()) {
      return transactions.write(
          connection -> {
            HeadStore.lock(connection, LOG);
            Future<T> future = thread.submit(work);
            awaitWaiting();
            change.on(connection);
            return future;
          });
    }
  }

  private interface Change {
    void on(Connection connection) throws SQLException;
  }

  private void awaitWaiting() throws SQLException {
    String sessions =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND datname = current_database()";
    try {
      await(() -> sql.number(sessions) > 0);
    } catch (Exception e) {
      throw new SQLException(e);
    }
  }

  private static void execute(Connection connection, String change) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(change)) {
      update.setString(1, LOG);
      update.executeUpdate();
    }
  }

  /// The key of `second` in the index is that of `first` too. Two digests like that take 2^64
  /// tries, which an organisation may have to spare.
  private void collide(String first, String second) throws SQLException {
    int rows =
        sql.update(
            "UPDATE match_token SET key = ? WHERE log = ? AND digest = ?",
            token(Kind.UNIQUE, second).key().index(LOG),
            LOG,
            token(Kind.UNIQUE, first).digest().bytes());
    assertEquals(1, rows);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoUniqueTokensWithOneKeyAreTwoTokens(boolean remembers) throws Exception {
    one.takeOffice();
    one.append(unique("1"), unique("3"));
    collide("1", "2");
    one.takeOffice();
    if (remembers) {
      one.awaitKeys();
    }
    Entry entry = Entries.random();
    assertEquals(
        List.of(at(2)), one.append(Submission.of(entry, List.of(token(Kind.UNIQUE, "2")))));
    assertEquals(List.of(duplicate(2)), one.append(unique("2")));
    collide("3", "4");
    transactions.write(
        connection -> {
          HeadStore.rekey(connection, LOG);
          List<MatchToken> more = List.of(token(Kind.UNIQUE, "4"));
          assertEquals(OptionalLong.empty(), TokenChanges.add(connection, LOG, 0, more));
          assertEquals(OptionalLong.of(0), TokenChanges.add(connection, LOG, 2, more));
          return true;
        });
    assertEquals(List.of(duplicate(0)), one.append(unique("4")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoAlertTokensWithOneKeyAreTwoTokens(boolean remembers) throws Exception {
    one.takeOffice();
    one.append(alert("1"));
    collide("1", "2");
    one.takeOffice();
    if (remembers) {
      one.awaitKeys();
    }
    assertEquals(List.of(at(1)), one.append(alert("2")));
    assertEquals(
        List.of(new Placement.Sequenced(2, true, true)), one.append(alert("2")), "a match");
    List<TokenStore.Match> matches =
        transactions.query(connection -> TokenStore.matches(connection, LOG, 2));
    assertEquals(List.of(1L), matches.stream().map(TokenStore.Match::index).toList());
  }
}
