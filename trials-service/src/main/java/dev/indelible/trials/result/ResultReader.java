package dev.indelible.trials.result;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.trials.protocol.ProtocolReader;
import dev.indelible.trials.protocol.VersionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Result sets for those who may see them. What is another organisation's looks absent.
@ApplicationScoped
public class ResultReader {
  private final Results results;

  @Inject
  ResultReader(Results results) {
    this.results = results;
  }

  /// A protocol's result sets, oldest first; for callers who may see the protocol.
  public List<ResultView> of(UUID protocolId) {
    return results.of(protocolId).stream().map(ResultRows::view).toList();
  }

  /// The day the first results of a protocol were received.
  public Optional<LocalDate> firstReceived(UUID protocolId) {
    return of(protocolId).stream().findFirst().map(set -> VersionView.day(set.receivedAt()));
  }

  /// One result set.
  ///
  /// @throws Rejection (404) when there is none that the caller may see
  public ResultView get(UUID resultId, Caller caller) {
    return results
        .findRows(resultId)
        .map(ResultRows::view)
        .filter(
            set ->
                ProtocolReader.seesAll(caller)
                    || caller.organisation().filter(set.organisation()::equals).isPresent())
        .orElseThrow(Rejection::notFound);
  }

  /// The result set's statement, rebuilt from its rows.
  public TracedStatement statement(UUID resultId) {
    return results.findRows(resultId).map(ResultRows::statement).orElseThrow(Rejection::notFound);
  }
}
