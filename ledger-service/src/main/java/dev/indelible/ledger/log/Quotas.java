package dev.indelible.ledger.log;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How much each organisation may submit, so that one of them cannot fill the queue for all: a
/// bucket for each that fills at the rate of the quota and holds a few seconds of it.
@ApplicationScoped
public class Quotas {
  private final long perSecond;
  private final long mostThousandths;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  Quotas(LedgerConfig config, Clock clock) {
    this.perSecond = config.quotaPerSecond();
    this.mostThousandths = perSecond * config.quotaBurst().toMillis();
    this.clock = clock;
  }

  /// What is left at some moment, in thousandths of an entry.
  private record Bucket(long thousandths, Instant at) {}

  /// Takes the entries of one issuer out of its bucket. A bucket may go below empty once, or a
  /// batch larger than it could never be submitted.
  ///
  /// @throws Rejection (429) when it is empty
  public void take(Log log, List<Submission> submissions) {
    String issuer = submissions.getFirst().entry().issuer();
    Instant now = clock.instant();
    buckets.compute(
        log.name() + "\n" + issuer,
        (key, before) -> {
          long left = before == null ? mostThousandths : filled(before, now);
          if (left <= 0) {
            throw Rejection.of(
                LedgerProblem.QUOTA_EXCEEDED,
                "%s may submit %d entries a second to this log.".formatted(issuer, perSecond));
          }
          return new Bucket(left - 1_000L * submissions.size(), now);
        });
  }

  /// An entry a second is a thousandth of one a millisecond.
  private long filled(Bucket bucket, Instant now) {
    long millis = Math.clamp(Duration.between(bucket.at(), now).toMillis(), 0, 3_600_000);
    return Math.min(mostThousandths, bucket.thousandths() + millis * perSecond);
  }
}
