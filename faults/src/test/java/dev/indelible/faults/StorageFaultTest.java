package dev.indelible.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.faults.history.Crowd;
import dev.indelible.faults.history.Pause;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import dev.indelible.transparency.merkle.Tile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows and pages of the ledger's database change under its hands while clients are at work: by
/// somebody with the superuser's password, or by the disk. Nothing is signed over it.
@Tag("asvs-5.0/16.5.3")
@TestInstance(Lifecycle.PER_CLASS)
class StorageFaultTest {
  private static final int PAGE = 8_192;

  private Stack stack;
  private Ledgers ledgers;
  private Database database;
  private boolean audits;

  @BeforeAll
  void start() {
    stack = Ledgers.start();
    ledgers = Ledgers.of(stack);
    database = Database.of(stack, "ledger");
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  /// The only moment at which a row can be changed before it is signed is when it is written, so
  /// the administrator leaves a trigger behind.
  @Test
  void whatWasChangedBeforeItWasSignedIsNeverSigned() throws Exception {
    auditThemselves(false);
    ledgers.underLoad(
        "a row changed while it was written",
        crowd -> {
          plantTrigger();
          Api.await("the log is frozen", () -> !frozen().isEmpty());
          assertTrue(frozen().contains("the stored entries"), frozen());
          requireStandstill();
          assertEquals("CONTRADICTED", audit().getString("verdict"));
          long fault = System.nanoTime();
          repair();
          ledgers.requireRecovery("repaired and thawed", fault);
        });
  }

  /// Behind the last block it is too late to refuse a signature for what was changed. The audit
  /// that the log runs by itself finds it, and nothing more is signed on top of it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update entry set bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1) where idx = 7",
        "delete from entry where idx = 7",
        "update entry set bytes = case idx when 7 then (select bytes from entry where idx = 8"
            + " and log = 'claims') else (select bytes from entry where idx = 7"
            + " and log = 'claims') end where idx in (7, 8)"
      })
  void whatIsChangedBehindTheLastBlockFreezesTheLog(String attack) throws Exception {
    auditThemselves(true);
    ledgers.underLoad(
        attack.substring(0, 6) + " of sealed rows",
        crowd -> {
          sql("create table saved as select * from entry where log = 'claims' and idx in (7, 8)");
          sql(attack + " and log = 'claims'");
          Api.await("the log is frozen", () -> !frozen().isEmpty());
          assertTrue(frozen().contains("the audit found"), frozen());
          requireStandstill();
          JsonPath report = audit();
          assertEquals("CONTRADICTED", report.getString("verdict"));
          assertTrue(report.prettify().contains("\"entry\""), report::prettify);
          sql("delete from entry where log = 'claims' and idx in (7, 8)");
          sql("insert into entry select * from saved");
          sql("drop table saved");
          sql("update log_head set frozen = null");
          ledgers.requireRecovery("repaired and thawed", System.nanoTime());
        });
  }

  /// The log is frozen, and those who still were under way have had their time.
  private void requireStandstill() {
    Pause.of(Duration.ofSeconds(1));
    long acknowledged = ledgers.history().acknowledged();
    long newest = newest();
    Pause.of(Duration.ofSeconds(2));
    assertEquals(acknowledged, ledgers.history().acknowledged(), "acknowledged when frozen");
    assertEquals(newest, newest(), "signed when frozen");
  }

  /// Has the ledgers audit themselves all the time, or never.
  private void auditThemselves(boolean always) {
    if (always != audits) {
      audits = always;
      ledgers.kill();
      ledgers.start(
          always
              ? Map.of("INDELIBLE_LEDGER_AUDIT_EVERY", "1s", "INDELIBLE_LEDGER_AUDIT_AFTER", "1s")
              : Map.of());
    }
  }

  /// PostgreSQL's page checksums (`data_checksums`, on since initdb) refuse the page; the log then
  /// cannot say anything about it, and does not.
  @ParameterizedTest
  @CsvSource({"tile, level = 0 order by n desc limit 1", "entry, idx = 40"})
  void aBitThatFlipsOnDiskIsAnErrorAndNothingIsSigned(String table, String row) throws Exception {
    auditThemselves(false);
    try (Crowd crowd = new Crowd(stack, ledgers.history(), System.nanoTime())) {
      ledgers.history().awaitMore(50);
    }
    long newest = newest();
    Path file = file(table);
    long page = page(table, row);
    ledgers.kill();
    stack.postgres().node().stop();
    flip(file, page);
    stack.postgres().start();
    ledgers.start(Map.of());
    assertPageIsRefused(table);
    if (table.equals("tile")) {
      requireSilence(newest);
    }
    assertEquals(500, Api.anyone(stack.ledger()).get(readerOf(table, newest)).statusCode());
    ledgers.kill();
    stack.postgres().node().stop();
    flip(file, page);
    stack.postgres().start();
    ledgers.start(Map.of());
    ledgers.underLoad("the bit in " + table + " flipped back", crowd -> {});
  }

  /// Without its tiles the writer cannot prove that it extends what it signed.
  private void requireSilence(long newest) throws Exception {
    long acknowledged = ledgers.history().acknowledged();
    try (Crowd crowd = new Crowd(stack, ledgers.history(), System.nanoTime())) {
      Pause.of(Duration.ofSeconds(4));
      assertEquals(acknowledged, ledgers.history().acknowledged());
      assertEquals(newest, newest());
    }
  }

  /// What cannot be answered without the page.
  private static String readerOf(String table, long size) {
    Tile bundle = new Tile(Tile.ENTRIES, 0, (int) Math.min(Tile.FULL, size));
    return table.equals("tile")
        ? "/v1/logs/claims/entries/" + (size - 1) + "/receipt"
        : "/logs/claims/tile/" + bundle.path();
  }

  private void assertPageIsRefused(String table) {
    IllegalStateException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            IllegalStateException.class,
            () -> database.texts("select t::text from " + table + " t"));
    assertTrue(String.valueOf(refused.getCause()).contains("invalid page"), refused::toString);
  }

  private Path file(String table) {
    sql("checkpoint");
    String relative = database.texts("select pg_relation_filepath('" + table + "')").getFirst();
    return stack.postgres().data().resolve(relative);
  }

  /// The number of the page that holds a row.
  private long page(String table, String row) {
    String place =
        database.texts("select ctid from " + table + " where log = 'claims' and " + row).getFirst();
    return Long.parseLong(place.substring(1, place.indexOf(',')));
  }

  /// In the middle of the row that stands last in the page.
  private static void flip(Path path, long page) throws IOException {
    long place = (page + 1) * PAGE - 100;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(place);
      int before = file.read();
      file.seek(place);
      file.write(before ^ 1);
    }
  }

  /// Remembers which rows it spoils: what was stored before and is not sealed yet is good.
  private void plantTrigger() {
    sql("create table spoiled (idx bigint)");
    sql(
        """
        create function spoil() returns trigger language plpgsql security definer as $$ begin
          if new.log = 'claims' then
            new.bytes = set_byte(new.bytes, 40, get_byte(new.bytes, 40) # 1);
            insert into spoiled values (new.idx);
          end if;
          return new;
        end $$\
        """);
    sql("create trigger spoil before insert on entry for each row execute function spoil()");
  }

  /// Takes the trigger away, puts the rows right and lets the log be written again.
  private void repair() {
    sql("drop trigger spoil on entry");
    sql("drop function spoil()");
    sql(
        "update entry set bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1)"
            + " where log = 'claims' and idx in (select idx from spoiled)");
    sql("drop table spoiled");
    sql("update log_head set frozen = null");
  }

  private void sql(String sql) {
    var ignored = database.execute(sql);
  }

  private String frozen() {
    return String.join("", database.texts("select frozen from log_head where frozen is not null"));
  }

  private long newest() {
    return database.number("select coalesce(max(end_), 0) from block where log = 'claims'");
  }

  private JsonPath audit() {
    return new Api(stack).audit(stack.ledger());
  }
}
