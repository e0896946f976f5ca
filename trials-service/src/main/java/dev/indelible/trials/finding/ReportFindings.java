package dev.indelible.trials.finding;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.trials.outcome.Judgement;
import dev.indelible.trials.outcome.PlanVersion;
import dev.indelible.trials.outcome.Report;
import dev.indelible.trials.outcome.Reported;
import dev.indelible.trials.protocol.VersionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Judges a change when it comes, stores the findings and queues their statement, in the
/// transaction that stores the change.
@ApplicationScoped
public class ReportFindings {
  private static final String AMENDMENT = "amendment";
  private static final String RESULTS = "results";

  private final AdoptRules adoptRules;
  private final EntityManager entities;
  private final Anchor anchor;
  private final Clock clock;

  @Inject
  ReportFindings(AdoptRules adoptRules, EntityManager entities, Anchor anchor, Clock clock) {
    this.adoptRules = adoptRules;
    this.entities = entities;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// Reports what the newest version changes against the one before it.
  ///
  /// @param firstResults the day the first results were received
  @Transactional(Transactional.TxType.MANDATORY)
  public void ofLatestAmendment(List<VersionView> history, Optional<LocalDate> firstResults) {
    VersionView latest = history.getLast();
    Report report = judgement(history).ofLatestAmendment(firstResults);
    store(latest, AMENDMENT, latest.id(), report);
  }

  /// Reports how results differ from what was promised.
  ///
  /// @param resultId the result set
  @Transactional(Transactional.TxType.MANDATORY)
  public void ofResults(List<VersionView> history, UUID resultId, Reported reported) {
    Report report = judgement(history).ofResults(reported);
    store(history.getLast(), RESULTS, resultId, report);
  }

  private Judgement judgement(List<VersionView> history) {
    List<PlanVersion> plans = history.stream().map(VersionView::plan).toList();
    return new Judgement(adoptRules.rules(), plans);
  }

  private void store(VersionView of, String kind, UUID subject, Report report) {
    FindingReport row = new FindingReport();
    row.id = UUID.randomUUID();
    row.protocolId = of.protocolId();
    row.organisation = of.organisation();
    row.subjectKind = kind;
    row.subjectId = subject;
    row.baselineVersionId = report.baseline().version().id();
    row.baselineState = report.baseline().state().name();
    row.ruleSetSha256 = adoptRules.rules().sha256();
    row.madeAt = clock.instant().toString();
    entities.persist(row);
    List<FindingRow> findings = new ArrayList<>();
    report.findings().forEach(f -> findings.add(FindingRow.of(row.id, findings.size(), f)));
    findings.forEach(entities::persist);
    entities.flush();
    anchor.enqueue(
        new AnchorRequest(
            row.id,
            row.protocolId,
            row.organisation,
            new ReportRows(row, findings).statement(),
            List.of()));
  }
}
