package dev.indelible.trials.amendment;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.trials.TrialProblem;
import dev.indelible.trials.content.AmendmentRules;
import dev.indelible.trials.content.AmendmentSubmission;
import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolRules;
import dev.indelible.trials.content.Violations;
import dev.indelible.trials.finding.ReportFindings;
import dev.indelible.trials.protocol.NewVersion;
import dev.indelible.trials.protocol.ProtocolReader;
import dev.indelible.trials.protocol.StoreVersion;
import dev.indelible.trials.protocol.VersionView;
import dev.indelible.trials.result.ResultReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// Amends a protocol: makes its next version and says at once what that changes.
@ApplicationScoped
class AmendProtocol {
  private final ProtocolReader reader;
  private final ResultReader results;
  private final StoreVersion storeVersion;
  private final ReportFindings reportFindings;
  private final Clock clock;

  @Inject
  AmendProtocol(
      ProtocolReader reader,
      ResultReader results,
      StoreVersion storeVersion,
      ReportFindings reportFindings,
      Clock clock) {
    this.reader = reader;
    this.results = results;
    this.storeVersion = storeVersion;
    this.reportFindings = reportFindings;
    this.clock = clock;
  }

  @Transactional
  void amend(UUID protocolId, AmendmentSubmission submission, Caller caller) {
    List<VersionView> history = reader.ownHistoryToChange(protocolId, caller);
    VersionView newest = history.getLast();
    requireNewest(submission, newest);
    Violations violations = new Violations();
    ProtocolContent content = content(submission, newest, violations);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    AmendmentRules.check(submission.amendment(), newest.content(), content, today, violations);
    violations.rejectAs(TrialProblem.INVALID_AMENDMENT);
    UUID same =
        storeVersion.store(new NewVersion(caller, "json", content, submission.amendment(), newest));
    reportFindings.ofLatestAmendment(reader.ownHistory(same, caller), results.firstReceived(same));
  }

  private static ProtocolContent content(
      AmendmentSubmission submission, VersionView newest, Violations violations) {
    if (submission.amends() == null) {
      violations.add("/amends", "is required: the number of the version that is amended");
    }
    ProtocolContent given = submission.protocol();
    if (given == null) {
      violations.add("/protocol", "is required");
      return newest.content();
    }
    ProtocolContent content =
        given.registryIds().isEmpty() ? given.registeredAs(newest.content().registryIds()) : given;
    ProtocolRules.check(content, "/protocol", violations);
    return content;
  }

  private static void requireNewest(AmendmentSubmission submission, VersionView newest) {
    Long amends = submission.amends();
    if (amends != null && amends != newest.number()) {
      throw Rejection.of(
              TrialProblem.VERSION_CONFLICT,
              "The newest version is " + newest.number() + "; amend that one.")
          .with("newest", newest.number());
    }
  }
}
