package dev.indelible.ledger.log;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.quota.Allowances;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/// How much each organisation may submit to a log, so that one of them cannot fill the queue for
/// all.
@ApplicationScoped
public class Quotas {
  private final Allowances allowances;
  private final long perSecond;
  private final Clock clock;

  Quotas(LedgerConfig config, Clock clock) {
    this.perSecond = config.quotaPerSecond();
    this.allowances = new Allowances(perSecond, config.quotaBurst());
    this.clock = clock;
  }

  /// Takes the entries of one issuer out of its allowance.
  ///
  /// @throws Rejection (429) when it is used up
  public void take(Log log, List<Submission> submissions) {
    String issuer = submissions.getFirst().entry().issuer();
    if (!allowances.take(log.name() + "\n" + issuer, submissions.size(), clock.instant())) {
      throw Rejection.of(
          LedgerProblem.QUOTA_EXCEEDED,
          "%s may submit %d entries a second to this log.".formatted(issuer, perSecond));
    }
  }
}
