package dev.indelible.trials.result;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.content.ResultContent;
import dev.indelible.trials.date.TrialDate;
import dev.indelible.trials.outcome.Plan;
import dev.indelible.trials.outcome.Reported;
import dev.indelible.trials.protocol.VersionView;
import dev.indelible.trials.statement.RowFields;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A result set with its outcomes: what one statement is made of.
record ResultRows(ResultSet set, List<ReportedOutcome> outcomes) {
  /// One type for results and for their corrections: which it is, the fields say.
  static final String TYPE = "results.submitted/v1";

  ResultRows {
    outcomes =
        outcomes.stream()
            .sorted(
                Comparator.<ReportedOutcome>comparingLong(outcome -> outcome.position)
                    .thenComparing(outcome -> outcome.id))
            .toList();
  }

  /// The one function that makes the statement, at submission and in the audit.
  TracedStatement statement() {
    TracedStatement.Builder builder = TracedStatement.builder(TYPE);
    set.putInto(RowFields.of(builder, ResultSet.TABLE, set.id));
    putInto(builder, outcomes);
    return builder.build();
  }

  static void putInto(TracedStatement.Builder builder, List<ReportedOutcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      ReportedOutcome outcome = outcomes.get(i);
      outcome.putInto(RowFields.part(builder, "/outcomes/" + i, ReportedOutcome.TABLE, outcome.id));
    }
  }

  LiveStatement live() {
    return new LiveStatement(
        set.id, ResultSet.TABLE, set.id.toString(), set.organisation, set.protocolId, statement());
  }

  /// As the comparison sees it.
  Reported reported(Optional<LocalDate> earlier) {
    return new Reported(
        VersionView.day(set.receivedAt),
        new Plan(
            outcomes.stream().map(ReportedOutcome::outcome).toList(),
            set.enrolled,
            date(set.start())),
        date(set.primaryCompletion()),
        set.citedVersionId,
        earlier);
  }

  private static @Nullable TrialDate date(@Nullable DateGiven given) {
    return given == null ? null : TrialDate.find(given.date(), given.type()).orElse(null);
  }

  ResultView view() {
    return new ResultView(
        set.id,
        set.protocolId,
        set.organisation,
        set.number,
        set.previousResultId,
        set.source,
        set.receivedAt,
        new ResultContent(
            set.citedVersionId.toString(),
            set.correctionReason,
            set.start(),
            set.primaryCompletion(),
            set.enrolled,
            outcomes.stream().map(ReportedOutcome::given).toList()));
  }
}
