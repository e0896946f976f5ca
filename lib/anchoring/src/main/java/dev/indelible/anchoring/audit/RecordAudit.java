package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRows;
import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LedgerClient;
import dev.indelible.anchoring.LedgerUnavailableException;
import dev.indelible.anchoring.ReceiptJudge;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Checked;
import dev.indelible.kit.audit.Progress;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Rebuilds every statement from the live columns and the tree from the log's entries, and reports
/// everything that is not as it was anchored, up to a number of differences. What it needs of
/// memory does not grow with what matches (ADR 028).
///
/// The database first, at one moment, then the log: every entry that a row of that moment speaks of
/// is in a log read later. Entries of which that moment knows nothing are looked up among the rows
/// that came meanwhile before one is called a stranger.
@ApplicationScoped
public class RecordAudit {
  private static final Logger LOG = Logger.getLogger(RecordAudit.class);

  private final Snapshot snapshot;
  private final Notebook notebook;
  private final LogReader reader;
  private final LedgerClient ledger;
  private final AnchoredRows rows;
  private final Issuer issuer;
  private final ReceiptJudge judge;
  private final Progress progress;
  private final String log;
  private final String service;

  @Inject
  RecordAudit(
      Snapshot snapshot,
      Notebook notebook,
      LogReader reader,
      LedgerClient ledger,
      AnchoredRows rows,
      Issuer issuer,
      ReceiptJudge judge,
      Progress progress,
      AnchoringConfig config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.snapshot = snapshot;
    this.notebook = notebook;
    this.reader = reader;
    this.ledger = ledger;
    this.rows = rows;
    this.issuer = issuer;
    this.judge = judge;
    this.progress = progress;
    this.log = config.log();
    this.service = service;
  }

  /// Compares everything, whichever organisation's. Changes nothing.
  @AcrossOrganisations
  public AuditReport run() {
    try {
      return snapshot.compare(this::compare).get();
    } catch (RuntimeException e) {
      LOG.warn("the database could not be read for an audit", e);
      return AuditReport.of(
          service, new Checked(0, 0, 0), List.of(), List.of("the database could not be read"));
    } finally {
      progress.over();
    }
  }

  /// What is left to ask of the ledger needs the database no more.
  private Supplier<AuditReport> compare(LocalResult local) {
    LogComparison comparison =
        new LogComparison(
            log,
            issuer,
            new EvidenceComparison(issuer, judge),
            rows,
            notebook,
            local.unaccounted());
    Report report = new Report(log, local, ledger);
    if (local.whole()) {
      compare(comparison, report);
    } else {
      report.tooMuch(null);
    }
    Checked checked = new Checked(local.statements(), local.rows(), comparison.head().size());
    return () -> AuditReport.of(service, checked, report.differences(), report.unchecked());
  }

  private void compare(LogComparison comparison, Report report) {
    try {
      TreeHead signed = reader.read(comparison);
      if (comparison.head().size() < signed.size()) {
        report.tooMuch(comparison);
      } else {
        comparison.end();
        report.log(signed, comparison);
      }
    } catch (LedgerUnavailableException e) {
      report.logNotRead(String.valueOf(e.getMessage()), false);
    } catch (VerificationException e) {
      report.logNotRead(e.reason() + ": " + e.getMessage(), e.reason().isContradiction());
    }
  }
}
