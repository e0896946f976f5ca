package dev.indelible.trials.result;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.AnchorStatus;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.trials.TrialProblem;
import dev.indelible.trials.content.ResultContent;
import dev.indelible.trials.content.ResultContent.ReportedGiven;
import dev.indelible.trials.finding.ReportFindings;
import dev.indelible.trials.protocol.ProtocolReader;
import dev.indelible.trials.protocol.VersionView;
import dev.indelible.trials.statement.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Takes results: bound to one protocol version, judged at once against what was promised.
@ApplicationScoped
public class SubmitResults {
  private final ProtocolReader protocols;
  private final Results results;
  private final Evidence evidence;
  private final ReportFindings reportFindings;
  private final Anchor anchor;
  private final Clock clock;

  @Inject
  SubmitResults(
      ProtocolReader protocols,
      Results results,
      Evidence evidence,
      ReportFindings reportFindings,
      Anchor anchor,
      Clock clock) {
    this.protocols = protocols;
    this.results = results;
    this.evidence = evidence;
    this.reportFindings = reportFindings;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// Stores results that the rules have passed.
  ///
  /// @return the result set's id
  /// @throws Rejection (422) when the cited version is not one of the protocol's, or a correction
  ///   has no reason
  @Transactional
  public UUID submit(UUID protocolId, ResultContent content, String source, Caller caller) {
    List<VersionView> history = protocols.ownHistoryToChange(protocolId, caller);
    VersionView cited = cited(history, content);
    List<ResultRows> earlier = results.of(protocolId);
    requireReason(earlier, content);
    ResultSet set = set(cited, earlier, content, caller);
    set.source = source;
    insert(set);
    ResultRows rows = new ResultRows(set, outcomes(set.id, content));
    rows.outcomes().forEach(results.getEntityManager()::persist);
    results.flush();
    anchor.enqueue(
        new AnchorRequest(set.id, set.protocolId, set.organisation, rows.statement(), List.of()));
    Optional<ResultRows> first = earlier.stream().findFirst();
    reportFindings.ofResults(
        history, set.id, rows.reported(first.map(f -> VersionView.day(f.set().receivedAt))));
    return set.id;
  }

  /// A version that the ledger refused as a duplicate is as good as unknown.
  private VersionView cited(List<VersionView> history, ResultContent content) {
    return history.stream()
        .filter(version -> version.id().toString().equals(content.protocolVersion()))
        .filter(version -> evidence.state(version.id()).status() != AnchorStatus.REFUSED)
        .findFirst()
        .orElseThrow(
            () ->
                Rejection.of(
                        TrialProblem.UNKNOWN_VERSION,
                        "Cite the id of one of this protocol's versions.")
                    .violations(List.of(new Violation("/protocolVersion", "is no version of it"))));
  }

  private static void requireReason(List<ResultRows> earlier, ResultContent content) {
    if (!earlier.isEmpty() && content.correctionReason() == null) {
      throw Rejection.of(
              TrialProblem.REASON_REQUIRED,
              "Results were submitted before; say why they are corrected.")
          .violations(List.of(new Violation("/correctionReason", "is required")));
    }
    if (earlier.isEmpty() && content.correctionReason() != null) {
      throw Rejection.of(TrialProblem.INVALID_RESULTS, "There are no results to correct.")
          .violations(List.of(new Violation("/correctionReason", "there is nothing to correct")));
    }
  }

  private ResultSet set(
      VersionView cited, List<ResultRows> earlier, ResultContent content, Caller caller) {
    ResultSet set = new ResultSet();
    set.id = UUID.randomUUID();
    set.protocolId = cited.protocolId();
    set.organisation = cited.organisation();
    set.number = earlier.isEmpty() ? 1 : earlier.getLast().set().number + 1;
    set.citedVersionId = cited.id();
    set.previousResultId = earlier.isEmpty() ? null : earlier.getLast().set().id;
    set.submittedBy = caller.subject();
    set.receivedAt = clock.instant().toString();
    set.describe(content);
    return set;
  }

  /// The number is unique per protocol, so of two first result sets one gets here first.
  private void insert(ResultSet set) {
    try {
      results.persistAndFlush(set);
    } catch (PersistenceException e) {
      if (String.valueOf(e.getMessage()).contains("result_set_number")) {
        throw Rejection.of(
            TrialProblem.VERSION_CONFLICT, "Other results were submitted at the same moment.");
      }
      throw e;
    }
  }

  private static List<ReportedOutcome> outcomes(UUID resultId, ResultContent content) {
    List<ReportedOutcome> rows = new ArrayList<>();
    for (ReportedGiven given : content.outcomes()) {
      rows.add(ReportedOutcome.of(resultId, rows.size(), Objects.requireNonNull(given)));
    }
    return rows;
  }
}
