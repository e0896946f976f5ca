package dev.indelible.ledger.log;

import dev.indelible.ledger.block.Block;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What operators see of one log. Gauges that only the writer knows exist only where the writer is;
/// elsewhere they are absent, never 0.
final class LogMetrics {
  private final MeterRegistry meters;
  private final String log;
  private final EntryQueue queue;
  private final Clock clock;
  private final List<Gauge> leading = new ArrayList<>();
  private volatile @Nullable Block sealed;
  private volatile long witnessedEnd;

  LogMetrics(MeterRegistry meters, String log, EntryQueue queue, Clock clock) {
    this.meters = meters;
    this.log = log;
    this.queue = queue;
    this.clock = clock;
    gauge("ledger.sequencer.leader", () -> leading.isEmpty() ? 0 : 1);
  }

  synchronized void lead(long epoch) {
    follow();
    leading.add(gauge("ledger.sequencer.epoch", () -> epoch));
    leading.add(gauge("ledger.pending.entries", queue::size));
    leading.add(gauge("ledger.tree.size", this::end));
    leading.add(gauge("ledger.signed.size", this::end));
    leading.add(gauge("ledger.witnessed.size", () -> witnessedEnd));
    leading.add(gauge("ledger.checkpoint.age.seconds", this::age));
  }

  synchronized void follow() {
    leading.forEach(meters::remove);
    leading.clear();
  }

  void sealed(Block block) {
    sealed = block;
  }

  void witnessed(Block block) {
    witnessedEnd = block.end();
  }

  /// A batch is durable; when nothing in it was new, all that was committed is a barrier.
  void appended(long nanos, BatchPlan plan) {
    meters
        .timer(plan.fresh().isEmpty() ? "ledger.barrier" : "ledger.append.seconds", "log", log)
        .record(nanos, TimeUnit.NANOSECONDS);
    long duplicates =
        plan.placements().stream().filter(Placement.Duplicate.class::isInstance).count();
    count("duplicate", duplicates);
    count("sequenced", plan.placements().size() - duplicates);
    meters.counter("ledger.dedupe.hits", "log", log).increment(duplicates);
  }

  private void count(String result, long placements) {
    meters.counter("ledger.append", "log", log, "result", result).increment(placements);
  }

  void integrated(long nanos) {
    meters.timer("ledger.integrate", "log", log).record(nanos, TimeUnit.NANOSECONDS);
  }

  void selfCheckFailed() {
    meters.counter("ledger.selfcheck.failures", "log", log).increment();
  }

  private Gauge gauge(String name, Supplier<Number> value) {
    return Gauge.builder(name, value).tag("log", log).strongReference(true).register(meters);
  }

  private Number end() {
    Block last = sealed;
    return last == null ? Double.NaN : last.end();
  }

  private Number age() {
    Block last = sealed;
    return last == null
        ? Double.NaN
        : clock.instant().getEpochSecond() - last.sealedAt().getEpochSecond();
  }
}
