package dev.indelible.ledger.audit;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Progress;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.audit.LogAudit.Reached;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.ledger.time.Timestamps;
import dev.indelible.local.testing.RealPostgres;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An audit that goes on where the last one stopped finds what one over everything finds.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class SliceTest {
  private static final int ENTRIES = 12;

  @Inject Logs logs;
  @Inject Transactions transactions;
  @Inject LedgerAudit audit;
  @Inject ScheduledAudit scheduled;
  @Inject MeterRegistry meters;
  @Inject Timestamps timestamps;
  @Inject Clock clock;

  private Sql sql;
  private Log log;

  @BeforeEach
  void fill() {
    sql = new Sql();
    log = logs.get("claims");
    for (int i = 0; i < ENTRIES; i++) {
      Entries.append("claims", Entries.random(), Entries.token("id", "unique", "s" + i))
          .then()
          .statusCode(oneOf(201, 409));
    }
    Oracle.requireNoDifference();
  }

  private record Pass(int slices, List<AuditReport> reports) {
    boolean contradicted() {
      return reports.stream().anyMatch(report -> report.verdict() == Verdict.CONTRADICTED);
    }
  }

  private Pass pass(long mostEntries) {
    List<AuditReport> reports = new ArrayList<>();
    long after = LogAudit.NOTHING;
    while (true) {
      Findings findings = new Findings();
      long from = after;
      Reached reached =
          transactions.read(
              connection -> new LogAudit(connection, log, findings).run(from, mostEntries));
      reports.add(findings.report("test"));
      if (reached.tail().isPresent() || reached.block() <= after) {
        return new Pass(reports.size(), reports);
      }
      after = reached.block();
    }
  }

  @Test
  void slicesOfAnySizeSeeEveryCellThatWasChanged() throws Exception {
    for (long most : new long[] {1, 3, 1_000}) {
      Pass sound = pass(most);
      assertEquals(false, sound.contradicted(), sound.reports()::toString);
      assertTrue(most > ENTRIES || sound.slices() > 2, "one slice was all");
    }
    String flip =
        "UPDATE entry SET bytes = set_byte(bytes, 60, get_byte(bytes, 60) # 1)"
            + " WHERE log = 'claims' AND idx = ?";
    long last = sql.number("SELECT size - 1 FROM log_head WHERE log = 'claims'");
    for (long index : new long[] {0, last / 2, last}) {
      sql.update(flip, index);
      for (long most : new long[] {1, 3, 1_000}) {
        assertTrue(pass(most).contradicted(), index + " in slices of " + most);
      }
      sql.update(flip, index);
    }
  }

  /// Whoever starts anew knows nothing but what is in the database.
  private AuditReport sliceAfterRestart() throws Exception {
    return new LedgerAudit(
            logs,
            slicesOf(4),
            transactions,
            new SimpleMeterRegistry(),
            timestamps,
            new Progress(),
            clock)
        .slice(log)
        .report();
  }

  private static LedgerConfig slicesOf(long entries) {
    Map<String, String> settings = new HashMap<>();
    for (String name : List.of("origin", "keys", "policy", "issuers")) {
      settings.put("indelible.ledger." + name, "unused");
    }
    settings.put("quarkus.http.port", "0");
    settings.put("indelible.ledger.audit-entries", Long.toString(entries));
    return new SmallRyeConfigBuilder()
        .withMapping(LedgerConfig.class)
        .addDefaultInterceptors()
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(settings, "test", 1_000))
        .build()
        .getConfigMapping(LedgerConfig.class);
  }

  private long position() throws Exception {
    return sql.number("SELECT block FROM audit_progress WHERE log = 'claims'");
  }

  @Test
  void aRestartGoesOnWhereTheLastSliceStopped() throws Exception {
    sql.update("DELETE FROM audit_progress");
    List<Long> positions = new ArrayList<>();
    do {
      assertEquals(Verdict.MATCHES, sliceAfterRestart().verdict());
      positions.add(position());
      assertTrue(positions.size() < 100, "it does not come to an end: " + positions);
    } while (positions.getLast() != LogAudit.NOTHING);
    assertTrue(positions.size() > 3, "one slice was all: " + positions);
    for (int i = 1; i < positions.size() - 1; i++) {
      assertTrue(positions.get(i) > positions.get(i - 1), "it went back: " + positions);
    }
    // The damage lies before where the next slice begins: found when its turn comes, not before.
    assertEquals(Verdict.MATCHES, sliceAfterRestart().verdict());
    assertEquals(positions.getFirst(), position());
    String flip =
        "UPDATE block SET cose_ed25519 = set_byte(cose_ed25519, 5, get_byte(cose_ed25519, 5) # 1)"
            + " WHERE log = 'claims' AND number = 0";
    sql.update(flip);
    try {
      for (int i = 1; i < positions.size(); i++) {
        assertEquals(Verdict.MATCHES, sliceAfterRestart().verdict());
        assertEquals(positions.get(i), position());
      }
      // Looked at again and again, until it is gone.
      assertEquals(Verdict.CONTRADICTED, sliceAfterRestart().verdict());
      assertEquals(Verdict.CONTRADICTED, sliceAfterRestart().verdict());
      assertEquals(LogAudit.NOTHING, position());
    } finally {
      sql.update(flip);
    }
    assertEquals(Verdict.MATCHES, sliceAfterRestart().verdict());
    assertEquals(positions.getFirst(), position());
    sql.update("DELETE FROM audit_progress");
  }

  @Test
  void theScheduledAuditFreezesALogThatContradictsItself() throws Exception {
    String flip =
        "UPDATE tile SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1)"
            + " WHERE log = 'claims' AND level = 0 AND n = 0";
    scheduled.run();
    Entries.append("claims", Entries.random()).then().statusCode(201);
    sql.update(flip);
    scheduled.run();
    Entries.append("claims", Entries.random())
        .then()
        .statusCode(503)
        .body("code", equalTo("log-frozen"));
    sql.update(flip);
    requireOpenWhenThawed();
  }

  private void requireOpenWhenThawed() throws Exception {
    sql.update("UPDATE log_head SET frozen = NULL WHERE log = 'claims'");
    for (int i = 0; Entries.append("claims", Entries.random()).statusCode() != 201; i++) {
      assertTrue(i < 100, "the log stayed frozen");
      Thread.sleep(100);
    }
  }

  /// Otherwise an audit that ends just behind an operator's repair would freeze the log again, for
  /// what has been repaired or only because it was frozen.
  @Test
  void theScheduledAuditDoesNotFreezeWhatWasFrozenWhenItLooked() throws Exception {
    Counter failures = meters.counter("ledger.selfcheck.failures", "log", "claims");
    sql.update("DELETE FROM audit_progress");
    sql.update("UPDATE log_head SET frozen = 'by hand' WHERE log = 'claims'");
    try {
      double before = failures.count();
      assertEquals(Verdict.CONTRADICTED, audit.slice(log).report().verdict());
      scheduled.run();
      assertEquals(before, failures.count());
    } finally {
      requireOpenWhenThawed();
    }
  }

  /// No constraint of the database forbids it, so the audit looks whether the writer did.
  @Test
  void whatIsThereTwiceIsNamed() throws Exception {
    long last = sql.number("SELECT max(idx) FROM match_token WHERE log = 'claims'");
    sql.update("CREATE TABLE one_token AS SELECT * FROM match_token WHERE idx = ?", last);
    sql.update("CREATE TABLE one_entry AS SELECT * FROM entry WHERE idx = ?", last);
    String first =
        " FROM %s f WHERE f.log = 'claims' AND f.idx = ? AND t.log = f.log AND t.idx = ?";
    long before = sql.number("SELECT min(idx) FROM match_token WHERE log = 'claims'");
    sql.update(
        "UPDATE match_token t SET digest = f.digest, key = f.key" + first.formatted("match_token"),
        before,
        last);
    sql.update(
        "UPDATE entry t SET bytes = f.bytes, leaf_key = f.leaf_key" + first.formatted("entry"),
        before,
        last);
    String report = Oracle.audit().prettify();
    assertTrue(report.contains("an earlier entry has this unique token"), report);
    assertTrue(report.contains("an earlier entry has the same bytes"), report);
    for (String table : List.of("match_token", "entry")) {
      String copy = table.equals("entry") ? "one_entry" : "one_token";
      sql.update("DELETE FROM " + table + " WHERE log = 'claims' AND idx = ?", last);
      sql.update("INSERT INTO " + table + " SELECT * FROM " + copy + " WHERE log = 'claims'");
      sql.update("DROP TABLE " + copy);
    }
    Oracle.requireNoDifference();
  }
}
