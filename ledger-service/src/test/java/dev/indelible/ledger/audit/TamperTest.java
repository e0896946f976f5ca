package dev.indelible.ledger.audit;

import static io.restassured.RestAssured.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Difference;
import dev.indelible.kit.audit.Verdict;
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
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever has the database password can change any cell, and cannot do it unseen.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "3"))
@WithTestResource(TestTokens.class)
class TamperTest {
  /// `lease` and `barrier` decide nothing that is ever shown: who may try to write, and a counter.
  private static final List<String> TABLES =
      List.of(
          "log_head",
          "entry",
          "match_token",
          "tile",
          "block",
          "cosignature",
          "token_seal",
          "erasure",
          "log_statement");

  /// Tells the writer to look up again what it remembers; what is there decides.
  private static final Set<String> HINTS = Set.of("log_head.rekeyed");

  private static final int CELLS_PER_COLUMN = 3;

  @Inject LedgerAudit audit;

  private Sql sql;

  @BeforeEach
  void fill() throws Exception {
    sql = new Sql();
    for (long size = tokens(); size < 8; size = tokens()) {
      var same = Entries.token("day", "alert", "same");
      var unique = Entries.token("id", "unique", "value" + size);
      Entries.append("claims", Entries.random(), same, unique);
      Entries.append("trials", Entries.random(), unique);
    }
    if (sql.number("SELECT count(*) FROM erasure") == 0) {
      erase();
    }
    for (String log : List.of("claims", "trials")) {
      awaitWitnessed(log);
    }
  }

  private static void erase() {
    Entry entry = Entries.random();
    long index = Entries.append("claims", entry).jsonPath().getLong("index");
    Entry tombstone = Entries.about(entry.subject());
    long last = Entries.append("claims", tombstone).jsonPath().getLong("index");
    Entries.post("claims", "erasures", Map.of("tombstone", last, "entries", List.of(index)))
        .then()
        .statusCode(200);
  }

  private static void awaitWitnessed(String log) throws InterruptedException {
    String checkpoint = "";
    for (int i = 0; checkpoint.split("\n— w", -1).length < 4; i++) {
      assertTrue(i < 200, "not all witnesses cosigned");
      Thread.sleep(50);
      checkpoint = get("/logs/" + log + "/checkpoint").asString();
    }
  }

  private long tokens() throws SQLException {
    return sql.number("SELECT count(*) FROM match_token WHERE log = 'claims' AND kind = 'unique'");
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void anySingleCellIsReportedByTableRowAndField() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<String> missed = new ArrayList<>();
    int changed = 0;
    for (String table : TABLES) {
      for (Map.Entry<String, String> column : columns(table).entrySet()) {
        for (Object row : sample(table, random)) {
          Cell cell = new Cell(table, column.getKey(), column.getValue(), row.toString());
          changed += change(cell, random, missed) ? 1 : 0;
        }
      }
    }
    assertEquals(List.of(), missed, "seed " + seed);
    assertTrue(changed > 100, "only " + changed + " cells were changed");
  }

  private record Cell(String table, String column, String type, String row) {}

  private Map<String, String> columns(String table) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    for (Object column :
        sql.list(
            "SELECT column_name || ' ' || data_type FROM information_schema.columns"
                + " WHERE table_name = ? AND table_schema = 'public'",
            table)) {
      String[] words = column.toString().split(" ", 2);
      if (!HINTS.contains(table + "." + words[0])) {
        columns.put(words[0], words[1]);
      }
    }
    return columns;
  }

  private List<Object> sample(String table, SplittableRandom random) throws SQLException {
    List<Object> rows = new ArrayList<>(sql.list("SELECT ctid::text FROM " + table));
    while (rows.size() > CELLS_PER_COLUMN) {
      rows.remove(random.nextInt(rows.size()));
    }
    return rows;
  }

  /// Changes a cell, audits, and changes it back.
  private boolean change(Cell cell, SplittableRandom random, List<String> missed) throws Exception {
    String read = "SELECT %s FROM %s WHERE ctid = ?::tid".formatted(cell.column(), cell.table());
    List<Object> found = sql.list(read, cell.row());
    if (found.isEmpty()) {
      return false; // The row moved when an earlier cell of it was changed.
    }
    Object before = found.getFirst();
    Object after = other(before, cell.type(), random);
    Object moved;
    try {
      moved = write(cell, cell.row(), after);
    } catch (SQLException refused) {
      return false; // A constraint stands in the way: also seen.
    }
    try {
      AuditReport report = audit.run();
      boolean named = report.differences().stream().anyMatch(difference -> names(difference, cell));
      if (report.verdict() != Verdict.CONTRADICTED || !named) {
        missed.add(cell + " " + print(before) + " -> " + print(after) + ": " + report);
      }
    } finally {
      write(cell, moved.toString(), before);
    }
    return true;
  }

  private Object write(Cell cell, String row, Object value) throws SQLException {
    String update =
        "UPDATE %s SET %s = ? WHERE ctid = ?::tid RETURNING ctid::text"
            .formatted(cell.table(), cell.column());
    return sql.list(update, value, row).getFirst();
  }

  /// A key column's change makes one row vanish and another appear, so no field can be named there.
  private static boolean names(Difference difference, Cell cell) {
    return difference.table().equals(cell.table())
        && (difference.field() == null || difference.field().equals(cell.column()) || isKey(cell));
  }

  private static boolean isKey(Cell cell) {
    return List.of("log", "idx", "level", "n", "number", "block", "witness", "tombstone")
        .contains(cell.column());
  }

  private static Object other(Object value, String type, SplittableRandom random) {
    return switch (value) {
      case null -> "changed";
      case byte[] bytes -> flip(bytes, random);
      case Integer number -> number + 1;
      case Long number -> number + (random.nextBoolean() ? 1 : 1_000);
      case java.sql.Timestamp time ->
          OffsetDateTime.ofInstant(time.toInstant(), java.time.ZoneOffset.UTC).plusSeconds(1);
      default -> replace(value.toString(), random);
    };
  }

  private static byte[] flip(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return new byte[] {1};
    }
    byte[] changed = bytes.clone();
    changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  private static String replace(String text, SplittableRandom random) {
    if (text.equals("unique") || text.equals("alert")) {
      return text.equals("unique") ? "alert" : "unique";
    }
    int at = random.nextInt(text.length());
    char other = text.charAt(at) == 'x' ? 'y' : 'x';
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  private static String print(Object value) {
    return value instanceof byte[] bytes ? bytes.length + " bytes" : Objects.toString(value);
  }

  @Test
  void deletedInsertedAndSwappedRowsAreReported() throws Exception {
    for (String table : TABLES) {
      Object row =
          sql.list("SELECT %s FROM %s%s".formatted(key(table), table, evidence(table))).getLast();
      String copy = "CREATE TABLE kept AS SELECT * FROM %s WHERE ctid = ?::tid".formatted(table);
      sql.update(copy, row);
      sql.update("DELETE FROM %s WHERE ctid = ?::tid".formatted(table), row);
      AuditReport report = audit.run();
      sql.update("INSERT INTO %s SELECT * FROM kept".formatted(table));
      sql.update("DROP TABLE kept");
      assertEquals(Verdict.CONTRADICTED, report.verdict(), "deleted from " + table);
    }
    swap("entry", "leaf_key");
    swap("entry", "bytes");
    swap("match_token", "digest");
    sql.update(
        "INSERT INTO match_token (log, epoch, digest, kind, name, idx, key)"
            + " SELECT log, epoch, sha256(digest), kind, name, idx, gen_random_uuid()"
            + " FROM match_token WHERE log = 'claims' LIMIT 1");
    assertEquals(Verdict.CONTRADICTED, audit.run().verdict());
    sql.update("DELETE FROM match_token WHERE digest IN (SELECT sha256(digest) FROM match_token)");
  }

  /// A cosignature beyond the quorum is in no receipt, and whoever misses it asks its witness
  /// again.
  private static String evidence(String table) {
    String named =
        " JOIN block b ON b.log = c.log AND b.number = c.block"
            + " WHERE c.log = 'claims' AND position(c.line IN b.witnessed_note) > 0";
    return table.equals("cosignature") ? " c" + named : " WHERE log = 'claims'";
  }

  private static String key(String table) {
    return table.equals("cosignature") ? "c.ctid::text" : "ctid::text";
  }

  private void swap(String table, String column) throws Exception {
    String exchange =
        "UPDATE %1$s a SET %2$s = b.%2$s FROM %1$s b WHERE a.log = 'claims' AND b.log = 'claims'"
            + " AND ((a.idx = %3$d AND b.idx = %4$d) OR (a.idx = %4$d AND b.idx = %3$d))"
            + ("match_token".equals(table) ? " AND a.kind = 'unique' AND b.kind = 'unique'" : "");
    List<Object> indices =
        sql.list("SELECT idx FROM match_token WHERE log = 'claims' AND kind = 'unique' ORDER BY 1");
    String swap = exchange.formatted(table, column, indices.get(1), indices.get(2));
    sql.update("DROP INDEX IF EXISTS match_token_unique");
    sql.update(swap);
    AuditReport report = audit.run();
    sql.update(swap);
    assertEquals(Verdict.CONTRADICTED, report.verdict(), "swapped " + table + "." + column);
  }
}
