package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRows;
import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LedgerClient;
import dev.indelible.anchoring.LedgerUnavailableException;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Checked;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Rebuilds every statement from the live columns and the tree from the log's entries, and reports
/// everything that is not as it was anchored.
///
/// The database first, at one moment, then the log: every entry that a row of that moment speaks of
/// is in a log read later. Rows that came meanwhile are looked up once more before an entry is
/// called a stranger.
@ApplicationScoped
public class RecordAudit {
  private static final Logger LOG = Logger.getLogger(RecordAudit.class);

  private final Snapshot snapshot;
  private final LogReader reader;
  private final LedgerClient ledger;
  private final AnchoredRows rows;
  private final Issuer issuer;
  private final String log;
  private final String service;

  @Inject
  RecordAudit(
      Snapshot snapshot,
      LogReader reader,
      LedgerClient ledger,
      AnchoredRows rows,
      Issuer issuer,
      AnchoringConfig config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.snapshot = snapshot;
    this.reader = reader;
    this.ledger = ledger;
    this.rows = rows;
    this.issuer = issuer;
    this.log = config.log();
    this.service = service;
  }

  /// Compares everything, whichever organisation's. Changes nothing.
  @AcrossOrganisations
  public AuditReport run() {
    LocalResult local;
    try {
      local = snapshot.compare();
    } catch (RuntimeException e) {
      LOG.warn("the database could not be read for an audit", e);
      return AuditReport.of(
          service, new Checked(0, 0, 0), List.of(), List.of("the database could not be read"));
    }
    return compare(local);
  }

  private AuditReport compare(LocalResult local) {
    LogComparison comparison = new LogComparison(log, issuer, local.expected());
    Report report = new Report(log, local, ledger);
    try {
      TreeHead signed = reader.read(comparison);
      report.log(signed, comparison);
      report.strangers(comparison.strangers(), rows::exists);
    } catch (LedgerUnavailableException e) {
      report.logNotRead(String.valueOf(e.getMessage()), false);
    } catch (VerificationException e) {
      report.logNotRead(e.reason() + ": " + e.getMessage(), e.reason().isContradiction());
    }
    Checked checked = new Checked(local.statements(), local.rows(), comparison.head().size());
    return AuditReport.of(service, checked, report.differences(), report.unchecked());
  }
}
