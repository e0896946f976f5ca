package dev.indelible.bench;

import dev.indelible.bench.Insurer.Work;
import dev.indelible.bench.Load.Pace;
import dev.indelible.kit.quota.Allowances;
import dev.indelible.local.Node;
import dev.indelible.local.Shape;
import dev.indelible.local.Sizing;
import dev.indelible.local.Stack;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// What it costs that the claims-service does not take anybody's word: bound tokens, row security,
/// an event of every read, a quota. The service has no switch for any of it, so the baseline is the
/// same process, called with another token and on a database from which policies and events were
/// taken away. With and without take turns.
///
/// Tokens are verified and statements committed to and signed in both. Submissions are measured
/// first as the product is, while the relay, the ledger and its witnesses anchor what came in on
/// the same cores, and then without the ledger, when nothing takes the cores but intake and losses
/// look larger than they are.
final class TrustBench {
  private static final int CALLERS = 32;

  private final Stack stack;
  private final ClaimsDatabase database;
  private final Plan plan;
  private final Table table = new Table("Trust, requests per second (baseline: without it)");

  /// How long is measured.
  ///
  /// @param rounds with, and as many without
  /// @param round of each
  /// @param warmUp before the first of each
  /// @param cold before all, until the JVM has compiled what a request runs through
  record Plan(int rounds, Duration round, Duration warmUp, Duration cold) {
    static final Plan FULL =
        new Plan(7, Duration.ofSeconds(4), Duration.ofSeconds(15), Duration.ofSeconds(60));
  }

  /// Rounds with and without, in the order in which they took turns.
  private record Turns(List<Double> with, List<Double> without) {
    Rate rateWith() {
      return median(with);
    }

    Rate rateWithout() {
      return median(without);
    }

    /// What each pair of rounds lost, in percent.
    DoubleSummaryStatistics losses() {
      return IntStream.range(0, with.size())
          .mapToDouble(i -> 100 * (1 - with.get(i) / without.get(i)))
          .summaryStatistics();
    }

    private static Rate median(List<Double> rates) {
      return new Rate(rates.stream().sorted().toList().get(rates.size() / 2));
    }
  }

  TrustBench(Stack stack, ClaimsDatabase database, Plan plan) {
    this.stack = stack;
    this.database = database;
    this.plan = plan;
  }

  static void run() {
    System.err.println("Starting PostgreSQL, Keycloak, a ledger and the claims-service …");
    try (Stack stack = start(Sizing.SERVER);
        ClaimsDatabase database = new ClaimsDatabase(stack.postgres().databases())) {
      new TrustBench(stack, database, Plan.FULL).measure().print();
    }
  }

  /// A claims-service whose quota nobody here uses up and which does not audit itself, and a ledger
  /// with its witnesses.
  static Stack start(Sizing sizing) {
    return Stack.start(
        new Shape(1, 1, 0, 3, Map.of(), sizing)
            .with("INDELIBLE_QUOTA_REQUESTS_PER_SECOND", "1000000")
            .with("INDELIBLE_ANCHORING_AUDIT_EVERY", "off"));
  }

  /// Claims wait in the outbox from here on.
  private void stopLedger() {
    Stream.concat(stack.witnesses().stream(), Stream.of(stack.ledger().node())).forEach(Node::stop);
  }

  Table measure() {
    warm(Work.SUBMIT);
    var ignored = all(Work.SUBMIT, "submitting claims that are anchored");
    stopLedger();
    Rate submissions = all(Work.SUBMIT, "submitting a claim, no ledger");
    compare("   bound tokens and proofs", Work.SUBMIT, Trust.ALL.withoutProofs());
    compare("   row security", Work.SUBMIT, Trust.ALL.withoutRowSecurity());
    warm(Work.READ);
    Rate reads = all(Work.READ, "reading a claim");
    compare("   bound tokens and proofs", Work.READ, Trust.ALL.withoutProofs());
    compare("   row security", Work.READ, Trust.ALL.withoutRowSecurity());
    compare("   an event of the read", Work.READ, Trust.ALL.withoutEvents());
    alone(submissions, reads);
    return table;
  }

  private Rate all(Work work, String what) {
    return compare(what + ", all below at once", work, Trust.NONE);
  }

  private Rate compare(String what, Work work, Trust without) {
    Turns turns = turns(work, without);
    table.row(what, turns.rateWith(), turns.rateWithout());
    DoubleSummaryStatistics losses = turns.losses();
    table.note(
        "      lost %.1f %%, in pairs of rounds %.1f … %.1f %%"
            .formatted(
                100 * (1 - turns.rateWith().perSecond() / turns.rateWithout().perSecond()),
                losses.getMin(),
                losses.getMax()));
    System.err.printf("  %s %s: %.0f/s%n", work, what.strip(), turns.rateWith().perSecond());
    return turns.rateWith();
  }

  private void warm(Work work) {
    List<Insurer> insurers = insurers(work);
    var ignored = round(insurers, Trust.ALL, plan.cold());
    insurers.forEach(Insurer::close);
  }

  private List<Insurer> insurers(Work work) {
    return Stream.generate(() -> new Insurer(stack, work)).limit(CALLERS).toList();
  }

  /// Each pair begins with what the one before ended with, so that a machine that slows down does
  /// so to both.
  private Turns turns(Work work, Trust without) {
    List<Insurer> insurers = insurers(work);
    for (Trust trust : List.of(Trust.ALL, without)) {
      var ignored = round(insurers, trust, plan.warmUp());
    }
    Turns turns = new Turns(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < plan.rounds(); i++) {
      for (boolean with : i % 2 == 0 ? List.of(true, false) : List.of(false, true)) {
        double rate = round(insurers, with ? Trust.ALL : without, plan.round());
        (with ? turns.with() : turns.without()).add(rate);
      }
    }
    database.set(Trust.ALL);
    insurers.forEach(Insurer::close);
    return turns;
  }

  private double round(List<Insurer> insurers, Trust trust, Duration time) {
    database.set(trust);
    insurers.forEach(insurer -> insurer.prepare(trust.bound()));
    List<Load.Caller> callers = new ArrayList<>();
    insurers.forEach(insurer -> callers.add(() -> insurer.call(trust.bound())));
    return Load.round(callers, new Pace(time, 0)).rate().perSecond();
  }

  /// What stays in both, by itself: no more of a request than this is hidden in the baseline.
  private void alone(Rate submissions, Rate reads) {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      var ignored = Security.addProvider(new BouncyCastleProvider());
    }
    PemKey key = PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519));
    Allowances allowances = new Allowances(1_000_000, Duration.ofSeconds(10));
    Instant now = Instant.now();
    byte[] row = new byte[512];
    table.note("In both, alone on one thread; all threads together end");
    table.note(
        "  a submission every %s, a read every %s".formatted(each(submissions), each(reads)));
    alone("quota, a unit taken", Rate.of(() -> allowances.take("alder", 1, now)));
    alone("row security, the transaction says whose", Rate.of(database::nameOrganisation));
    alone("event of a read, its seal signed", Rate.of(() -> key.sign(row)));
  }

  private void alone(String what, Rate rate) {
    table.note("  %s: %s".formatted(what, each(rate)));
  }

  private static String each(Rate rate) {
    return "%.1f µs".formatted(1e6 / rate.perSecond());
  }
}
