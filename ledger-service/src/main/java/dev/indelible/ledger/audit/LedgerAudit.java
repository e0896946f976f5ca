package dev.indelible.ledger.audit;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Progress;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.audit.LogAudit.Reached;
import dev.indelible.ledger.audit.LogAudit.Tail;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.time.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Derives everything in the ledger's tables again, from the bytes of the entries and the signed
/// checkpoints, and reports what is not so. The tests' oracle and the operator's.
@ApplicationScoped
public class LedgerAudit {
  private static final String SERVICE = "ledger-service";
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
          "log_statement",
          "log_timestamp");
  private static final int PATIENCE = 50;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Logs logs;
  private final LedgerConfig config;
  private final Clock clock;
  private final Transactions transactions;
  private final MeterRegistry meters;
  private final Timestamps timestamps;
  private final Progress progress;
  private volatile Optional<AuditReport> latest = Optional.empty();

  LedgerAudit(
      Logs logs,
      LedgerConfig config,
      Transactions transactions,
      MeterRegistry meters,
      Timestamps timestamps,
      Progress progress,
      Clock clock) {
    this.logs = logs;
    this.config = config;
    this.clock = clock;
    this.transactions = transactions;
    this.meters = meters;
    this.timestamps = timestamps;
    this.progress = progress;
  }

  /// Audits all logs, each in one snapshot.
  public AuditReport run() throws InterruptedException {
    Findings findings = new Findings();
    try {
      for (Log log : logs.all()) {
        Tail tail = transactions.read(connection -> audit(connection, log, findings));
        requireSealed(log, tail, findings);
        transactions.read(connection -> timestamps(connection, log, findings));
      }
    } finally {
      progress.over();
    }
    transactions.read(connection -> unknownLogs(connection, findings));
    return report(findings);
  }

  private Tail audit(Connection connection, Log log, Findings findings) throws SQLException {
    long sealed = BlockStore.last(connection, log.name()).map(Block::end).orElse(0L);
    String what = "entries of " + log.name();
    return new LogAudit(connection, log, findings)
        .telling(read -> progress.reached(what, read, sealed))
        .run();
  }

  /// What was found in a part of a log.
  ///
  /// @param report what is so and what is not
  /// @param frozen whether the log was frozen in the snapshot that was audited
  record Slice(AuditReport report, boolean frozen) {}

  /// Audits the next blocks of one log, so many entries of them as an operator has allowed, and
  /// remembers where it came to. Behind the last block it begins anew.
  Slice slice(Log log) throws InterruptedException, SQLException {
    Findings findings = new Findings();
    AtomicBoolean frozen = new AtomicBoolean();
    Reached reached =
        transactions.read(
            connection -> {
              frozen.set(HeadStore.isFrozen(connection, log.name()));
              long after = AuditProgress.read(connection, log.name());
              return new LogAudit(connection, log, findings).run(after, config.auditEntries());
            });
    if (reached.tail().isPresent()) {
      requireSealed(log, reached.tail().get(), findings);
    }
    AuditReport report = report(findings);
    // What contradicts is looked at again and again, until it does not.
    if (report.verdict() != Verdict.CONTRADICTED) {
      long next = reached.tail().isPresent() ? LogAudit.NOTHING : reached.block();
      transactions.write(
          connection -> AuditProgress.write(connection, log.name(), next, clock.instant()));
    }
    return new Slice(report, frozen.get());
  }

  private AuditReport report(Findings findings) {
    AuditReport report = findings.report(SERVICE);
    latest = Optional.of(report);
    if (report.verdict() == Verdict.CONTRADICTED) {
      meters.counter("ledger.selfcheck.failures", "log", "all").increment();
    }
    return report;
  }

  /// The last report of this process.
  public Optional<AuditReport> latest() {
    return latest;
  }

  /// A snapshot may fall between a batch's commit and its block, but not for long.
  private void requireSealed(Log log, Tail tail, Findings findings) throws InterruptedException {
    for (int i = 0; tail.start() < tail.end(); i++) {
      boolean sealed =
          transactions.read(
              connection -> BlockStore.holding(connection, log.name(), tail.end() - 1).isPresent());
      if (sealed) {
        return;
      }
      if (i == PATIENCE) {
        Place place =
            new Place("block", log.name() + "/[" + tail.start() + "," + tail.end() + ")", null);
        findings.differs(place, null, tail.start(), "no block seals these entries");
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean timestamps(Connection connection, Log log, Findings findings)
      throws SQLException {
    new TimestampAudit(connection, log, timestamps.trust(), findings).check();
    return true;
  }

  private boolean unknownLogs(Connection connection, Findings findings) throws SQLException {
    Object[] known = logs.all().stream().map(Log::name).toArray();
    for (String table : TABLES) {
      String sql = "SELECT DISTINCT log FROM " + table + " WHERE NOT log = ANY (?)";
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setArray(1, connection.createArrayOf("text", known));
        ResultSet rows = select.executeQuery();
        while (rows.next()) {
          findings.differs(
              new Place(table, rows.getString(1), "log"), "there is no log of this name");
        }
      }
    }
    return true;
  }
}
