package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.audit.RecordAudit;
import dev.indelible.anchoring.fake.Things;
import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Difference;
import dev.indelible.kit.audit.Progress;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.local.testing.FakeLedgerResource;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(RealPostgres.class)
@WithTestResource(FakeLedgerResource.class)
class AuditTest {
  @Inject Stand stand;
  @Inject RecordAudit audit;
  @Inject Things things;
  @Inject Progress progress;

  private UUID chair;
  private UUID table;
  private UUID refused;

  @BeforeEach
  void threeThings() {
    stand.reset();
    Things.Thing first = Things.thing("chair");
    chair = things.submit(first, true);
    table = stand.submit("table");
    refused = things.submit(Things.thing("chair"), true);
    stand.await(refused, AnchorStatus.REFUSED);
    stand.assertMatches();
  }

  private List<Difference> differences() {
    AuditReport report = audit.run();
    assertEquals(Verdict.CONTRADICTED, report.verdict(), report.toString());
    return report.differences();
  }

  private void assertNamed(String where, String table, String row, String field) {
    List<Difference> differences = differences();
    assertTrue(
        differences.stream()
            .anyMatch(
                found ->
                    found.table().equals(table)
                        && (found.row().equals(row) || found.message().contains(row))
                        && (field == null || field.equals(found.field()))),
        () -> where + " found only " + differences);
  }

  /// Whoever edits behind our back can do that too, and the tests need it to put rows back.
  private void dropForeignKey() {
    stand.sql("alter table thing_part drop constraint if exists thing_part_thing_id_fkey");
  }

  /// A value that is certainly another one, for every type we store.
  private static String other(String type, String column) {
    return switch (type) {
      case "uuid" -> "gen_random_uuid()";
      case "text" -> column + " || 'x'";
      case "bigint", "integer" -> column + " + 1000";
      case "boolean" -> "not " + column;
      case "date" -> "coalesce(" + column + ", current_date) + 1";
      case "timestamp with time zone" -> column + " + interval '1 microsecond'";
      case "bytea" -> "set_byte(" + column + ", 40, get_byte(" + column + ", 40) # 1)";
      case "ARRAY" -> "array_replace(" + column + ", " + column + "[3], 'x')";
      default -> throw new IllegalArgumentException(type);
    };
  }

  private List<String[]> columns(String name) {
    return stand
        .texts(
            "select column_name || ',' || data_type from information_schema.columns"
                + " where table_schema = 'public' and table_name = '"
                + name
                + "'")
        .stream()
        .map(text -> text.split(","))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "thing,id",
    "thing_part,id",
    "anchored_statement,id",
    "record_key,id",
    "receipt,statement_id",
    "refusal,statement_id"
  })
  void namesRowAndFieldOfEveryEditedCell(String name, String key) {
    dropForeignKey();
    for (String row : stand.texts("select " + key + " from " + name)) {
      for (String[] column : columns(name)) {
        edit(name, key, row, column[0], column[1]);
      }
    }
    stand.assertMatches();
  }

  private void edit(String name, String key, String row, String column, String type) {
    String where = " where " + key + " = '" + row + "'";
    String set = column.equals("level") ? "'witnessed'" : other(type, column);
    if (column.equals("note")) {
      set = "coalesce(note, '') || 'x'";
    }
    if (column.equals("thing_id")) {
      // Another thing's: with a foreign key nothing else can be written.
      set = "(select id from thing where id <> thing_id limit 1)";
    }
    String keys = String.join("','", stand.texts("select " + key + " from " + name));
    stand.sql("create table kept as select * from " + name + where);
    assertEquals(1, stand.sql("update " + name + " set " + column + " = " + set + where));
    try {
      boolean refusalKey = name.equals("refusal") && column.equals(key);
      assertNamed(
          name + "." + column,
          refusalKey ? "outbox" : name,
          row,
          column.equals(key) ? null : column);
    } finally {
      stand.sql("delete from " + name + where);
      stand.sql("delete from " + name + " where " + key + " not in ('" + keys + "')");
      stand.sql("insert into " + name + " select * from kept");
      stand.sql("drop table kept");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"thing", "thing_part", "anchored_statement", "record_key", "receipt", "refusal"})
  void namesEveryDeletedRow(String name) {
    String key = name.equals("receipt") || name.equals("refusal") ? "statement_id" : "id";
    dropForeignKey();
    for (String row : stand.texts("select " + key + " from " + name)) {
      String where = " where " + key + " = '" + row + "'";
      stand.sql("create table kept as select * from " + name + where);
      stand.sql("delete from " + name + where);
      assertNamed("deleted from " + name, name.equals("refusal") ? "outbox" : name, row, null);
      stand.sql("insert into " + name + " select * from kept");
      stand.sql("drop table kept");
    }
    stand.assertMatches();
  }

  @Test
  void namesADeletedOutboxRow() {
    stand.ledger("mode/forbidden");
    UUID id = stand.submit("bed");
    stand.sql("delete from outbox");
    assertNamed("outbox", "outbox", id.toString(), null);
  }

  @Test
  void namesAnEditedOutboxCell() {
    stand.ledger("mode/down");
    UUID id = stand.submit("bed");
    stand.sql("update outbox set tokens = '[]'");
    AuditReport report = audit.run();
    assertEquals("tokens", report.differences().getFirst().field());
    assertEquals(id.toString(), report.differences().getFirst().row());
  }

  @Test
  void namesARecordOfWhichEverythingWasDeleted() {
    stand.sql("delete from thing_part where thing_id = '" + table + "'");
    for (String name : List.of("thing", "anchored_statement")) {
      stand.sql("delete from " + name + " where id = '" + table + "'");
    }
    stand.sql("delete from receipt where statement_id = '" + table + "'");
    stand.sql("delete from record_key where id not in (select key_id from anchored_statement)");
    Difference difference = differences().getFirst();
    assertEquals("anchored_statement", difference.table());
    assertEquals(1L, difference.index());
    assertEquals(1L, difference.block());
  }

  @Test
  void namesInsertedRows() {
    UUID thing = UUID.randomUUID();
    UUID part = UUID.randomUUID();
    stand.sql(
        "insert into thing values ('%s', '%s', 'alder', 'x', 1, null, true, now())"
            .formatted(thing, UUID.randomUUID()));
    assertNamed("thing", "thing", thing.toString(), null);
    stand.sql("delete from thing where id = '" + thing + "'");
    stand.sql("insert into thing_part values ('%s', '%s', 0, 'A', null)".formatted(part, chair));
    List<Difference> differences = differences();
    assertEquals(1, differences.size(), differences.toString());
    assertEquals(part.toString(), differences.getFirst().row());
    assertEquals("row was inserted", differences.getFirst().message());
    stand.sql("delete from thing_part where id = '" + part + "'");
    dropForeignKey();
    stand.sql("insert into thing_part values ('%s', '%s', 1, 'A', null)".formatted(part, thing));
    assertNamed("orphan", "thing_part", "*", null);
  }

  @Test
  void namesOnlyTheDeletedPartWhenTheOthersMoveUp() {
    String first =
        stand
            .texts("select id from thing_part where number = 1 and thing_id = '" + chair + "'")
            .getFirst();
    stand.sql("delete from thing_part where id = '" + first + "'");
    List<Difference> differences = differences();
    assertEquals(1, differences.size(), differences.toString());
    assertEquals(first, differences.getFirst().row());
  }

  @Test
  void namesBothCellsOfSwappedValues() {
    stand.sql("update thing_part set number = 3 - number where thing_id = '" + chair + "'");
    List<String> fields = differences().stream().map(Difference::field).toList();
    assertEquals(List.of("number", "number"), fields);
  }

  @Test
  void namesSwappedOpenings() {
    stand.sql(
        "update anchored_statement a set entry = b.entry, seed = b.seed, pointers = b.pointers,"
            + " cells = b.cells, commitments = b.commitments from anchored_statement b"
            + " where a.id in ('%s', '%s') and b.id in ('%s', '%s') and a.id <> b.id"
                .formatted(chair, table, chair, table));
    List<String> rows = differences().stream().map(Difference::row).toList();
    assertTrue(rows.contains(chair.toString()) && rows.contains(table.toString()), rows.toString());
  }

  @Test
  void namesErasedSeed() {
    stand.sql("update anchored_statement set seed = null where id = '" + chair + "'");
    assertNamed("seed", "anchored_statement", chair.toString(), "seed");
  }

  @Test
  void namesSeedsAndKeysThatChangedPlaces() {
    String exchange =
        "update %1$s a set %2$s = b.%2$s from %1$s b where a.%3$s in (%4$s) and b.%3$s in (%4$s)"
            + " and a.%3$s <> b.%3$s";
    String statements = "'%s', '%s'".formatted(chair, table);
    stand.sql(exchange.formatted("anchored_statement", "seed", "id", statements));
    assertNamed("seed", "anchored_statement", chair.toString(), "seed");
    assertEquals(2, differences().size());
    stand.sql(exchange.formatted("anchored_statement", "seed", "id", statements));
    stand.assertMatches();

    String records = "select record from thing where id in (%s)".formatted(statements);
    List<String> keys = stand.texts(records);
    stand.sql(exchange.formatted("record_key", "wrapped", "id", records));
    assertNamed("wrapped", "record_key", keys.getFirst(), "wrapped");
    assertNamed("wrapped", "record_key", keys.getLast(), "wrapped");
    assertEquals(2, differences().size());
  }

  @Test
  void namesAKeyThatOpensNothing() {
    UUID key = UUID.randomUUID();
    stand.sql("insert into record_key values ('%s', 'alder', 'x', '')".formatted(key));
    assertNamed("inserted", "record_key", key.toString(), null);
    assertEquals(1, differences().size());
  }

  @Test
  void reportsAFlippedBitInTheLog() {
    stand.ledger("flip/1");
    List<Difference> differences = differences();
    assertTrue(
        differences.stream().anyMatch(found -> Long.valueOf(1).equals(found.index())),
        differences.toString());
  }

  @Test
  void reportsALogThatHasForgotten() {
    stand.ledger("cut/1");
    assertNamed("log", "log things", "1", null);
  }

  @Test
  void doesTheLocalPartWhenTheLogCannotBeRead() {
    stand.ledger("mode/down");
    AuditReport report = audit.run();
    assertEquals(Verdict.COULD_NOT_BE_CHECKED, report.verdict());
    assertEquals(1, report.unchecked().size());
    stand.sql("update thing set title = 'sofa' where id = '" + chair + "'");
    assertNamed("local", "thing", chair.toString(), "title");
  }

  /// Whoever makes more differences than memory has room for stops no audit.
  @Test
  void namesTenThousandDifferencesAndSaysThatItEndsThere() {
    stand.sql(
        "insert into thing select gen_random_uuid(), gen_random_uuid(), 'alder', 'x', 1, null,"
            + " true, now() from generate_series(1, 10500)");
    AuditReport report = audit.run();
    assertEquals(Verdict.CONTRADICTED, report.verdict());
    int named = report.differences().size();
    assertTrue(named >= 10_000 && named < 10_200, named + " differences");
    assertEquals(1, report.unchecked().size(), report.unchecked().toString());
    assertTrue(report.unchecked().getFirst().contains("10000 differences"), report.toString());
  }

  @Test
  void isNotConfusedBySubmissionsMeanwhile() throws Exception {
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> submissions = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int writer = i;
        submissions.add(
            others.submit(
                () -> {
                  for (int n = 0; n < 40; n++) {
                    stand.submit("bed " + writer + " " + n);
                  }
                }));
      }
      for (int round = 0; round < 8; round++) {
        stand.assertMatches();
      }
      for (Future<?> submission : submissions) {
        submission.get();
      }
    }
    stand.await(() -> stand.texts("select 1 from outbox").isEmpty(), "outbox empty");
    stand.assertMatches();
  }

  /// Whoever waits for an audit is told how far it is, of either part.
  @Test
  void saysHowFarItIs() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicBoolean done = new AtomicBoolean();
    Thread watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!done.get()) {
                    progress.now().ifPresent(part -> seen.add(part.what() + " of " + part.of()));
                  }
                });
    stand.await(
        () -> {
          stand.assertMatches();
          return seen.containsAll(Set.of("statements of 3", "entries of 2"));
        },
        "both parts: " + seen);
    done.set(true);
    watch.join();
    assertEquals(Optional.empty(), progress.now());
  }
}
