package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Service;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever somebody with the database's password does to an anchored row, the audit says which
/// row, and which field. Tables and columns come from the catalogue: a new one is attacked by
/// itself.
@Tag("part11/11.10.a")
@Tag("part11/11.10.e")
@Tag("part11/11.70")
@Tag("hipaa/164.312.c.1")
@Tag("hipaa/164.312.c.2")
@TestInstance(Lifecycle.PER_CLASS)
class TamperingTest {
  /// Working state, which no statement covers and no decision rests on.
  private static final Set<String> WORKING =
      Set.of(
          "flyway_schema_history",
          "outbox",
          "refusal",
          "exact_key",
          "idempotency",
          "match_alert",
          "member_invitation",
          "consent_decision",
          "redemption_attempt",
          "shedlock",
          "dpop_proof",
          "spent_authentication",
          "erasure.not_before",
          "erasure.last_error");

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  /// A system of its own: its databases lose their constraints.
  private final Stack stack = Stack.start(Shape.STANDARD);

  private final Api api = new Api(stack);

  /// A service and its database.
  record Store(String name, Service service, Intruder intruder) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void fillEveryTable() {
    Scenario.play(api);
    api.requireSound();
    stores().forEach(store -> store.intruder().liftConstraints());
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  Stream<Store> stores() {
    return Stream.of(
        new Store("claims", api.claims(), new Intruder(Database.of(api.stack(), "claims"))),
        new Store("trials", api.trials(), new Intruder(Database.of(api.stack(), "trials"))));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void namesRowAndFieldOfAnyEditedCell(Store store) {
    List<String> unnoticed = new ArrayList<>();
    for (Cell cell : store.intruder().cells(WORKING)) {
      Intruder.Row row = anyRow(store, cell.table());
      String place = store.intruder().change(row, cell);
      JsonPath report = api.audit(store.service());
      if (!names(report, cell, row)) {
        unnoticed.add(cell + " of row " + row.key() + ": " + report.prettify());
      }
      store.intruder().restore(row, place);
    }
    assertTrue(unnoticed.isEmpty(), () -> "seed " + seed + ": " + String.join("\n", unnoticed));
    api.requireSound();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void namesEveryDeletedRow(Store store) {
    for (String table : tables(store)) {
      Intruder.Row row = anyRow(store, table);
      store.intruder().delete(row);
      JsonPath report = api.audit(store.service());
      store.intruder().restore(row, null);
      requireNamed(report, row.table(), row.key());
    }
    api.requireSound();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void namesEveryInsertedRow(Store store) {
    for (String table : tables(store)) {
      // Of statements each, since those of an erased record are compared otherwise.
      List<Intruder.Row> rows =
          table.equals("anchored_statement")
              ? store.intruder().rows(table)
              : List.of(anyRow(store, table));
      for (Intruder.Row row : rows) {
        String place = store.intruder().insertCopy(row);
        JsonPath report = api.audit(store.service());
        store.intruder().remove(table, place);
        assertTrue(
            differences(report).stream().anyMatch(d -> table.equals(d.get("table"))),
            () -> table + " " + row.key() + ": " + report.prettify());
      }
    }
    api.requireSound();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void namesBothOfTwoSwappedRows(Store store) {
    for (String table : tables(store)) {
      List<Intruder.Row> rows = store.intruder().rows(table);
      List<Intruder.Row> pair = rows.isEmpty() ? rows : List.of(rows.getFirst(), rows.getLast());
      // Rows that say the same but for their keys cannot be told apart once exchanged.
      if (pair.stream().map(Intruder.Row::said).distinct().count() > 1) {
        List<String> places = store.intruder().swap(pair);
        JsonPath report = api.audit(store.service());
        store.intruder().restore(pair, places);
        // Evidence exchanged between two records looks just like records that exchanged their keys,
        // so the table is a matter of view; the two rows are not.
        assertEquals("CONTRADICTED", report.getString("verdict"), table);
        pair.forEach(row -> assertTrue(report.prettify().contains(row.key()), report::prettify));
      }
    }
    api.requireSound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"entry.bytes", "entry.leaf_key", "tile.hashes", "block.root"})
  void aFlippedBitInTheLogIsReported(String place) {
    Database ledger = Database.of(stack, "ledger");
    String table = place.substring(0, place.indexOf('.'));
    String column = place.substring(place.indexOf('.') + 1);
    String here = ledger.texts("select ctid from " + table + " limit 1").getFirst();
    String there = flip(ledger, table, column, here);
    JsonPath report = api.audit(api.stack().ledger());
    assertTrue(
        differences(report).stream()
            .anyMatch(d -> table.equals(d.get("table")) && column.equals(d.get("field"))),
        report::prettify);
    if (column.equals("bytes")) {
      // Whoever reads the log from outside sees it as well.
      assertFalse(
          "MATCHES".equals(api.audit(api.claims()).getString("verdict"))
              && "MATCHES".equals(api.audit(api.trials()).getString("verdict")));
    }
    flip(ledger, table, column, there);
    api.requireSound();
  }

  /// Flips one bit of a cell; returns where the row is now.
  private static String flip(Database database, String table, String column, String place) {
    String bytes = column.equals("leaf_key") ? "uuid_send(" + column + ")" : column;
    String flipped = "set_byte(%1$s, 8, get_byte(%1$s, 8) # 1)".formatted(bytes);
    String value = bytes.equals(column) ? flipped : "encode(" + flipped + ", 'hex')::uuid";
    return database
        .texts(
            "update %s set %s = %s where ctid = '%s' returning ctid"
                .formatted(table, column, value, place))
        .getFirst();
  }

  private Set<String> tables(Store store) {
    Set<String> tables = new LinkedHashSet<>();
    store.intruder().cells(WORKING).forEach(cell -> tables.add(cell.table()));
    return tables;
  }

  private Intruder.Row anyRow(Store store, String table) {
    List<Intruder.Row> rows = store.intruder().rows(table);
    assertFalse(rows.isEmpty(), () -> "the scenario leaves table " + table + " empty");
    return rows.get(random.nextInt(rows.size()));
  }

  /// A changed key turns a row into another row: then row or table is all that can be named.
  private static boolean names(JsonPath report, Cell cell, Intruder.Row row) {
    return differences(report).stream()
        .filter(d -> cell.table().equals(d.get("table")))
        .anyMatch(
            d ->
                cell.column().equals(d.get("field"))
                    || (isKey(cell) && Objects.toString(d.get("row")).length() > 0));
  }

  private static boolean isKey(Cell cell) {
    return cell.column().equals("id") || cell.column().endsWith("_id");
  }

  private static void requireNamed(JsonPath report, String table, String key) {
    assertTrue(
        differences(report).stream()
            .anyMatch(d -> table.equals(d.get("table")) && key.equals(d.get("row"))),
        () -> table + " " + key + " is not named: " + report.prettify());
  }

  private static List<Map<String, Object>> differences(JsonPath report) {
    return report.getList("differences");
  }
}
