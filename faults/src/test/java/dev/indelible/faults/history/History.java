package dev.indelible.faults.history;

import dev.indelible.faults.history.Told.Acknowledged;
import dev.indelible.transparency.policy.TrustPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Everything that clients asked and were told, and everything that observers saw, as it happened.
public final class History {
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Map<TrustPolicy, Notes> notes = new HashMap<>();

  /// What became of one offer of one request.
  ///
  /// @param asked when it was sent, by `System.nanoTime`
  /// @param answered when that was known
  record Line(Offer offer, Told told, long asked, long answered) {}

  /// A checkpoint that a process served. Those of one process are in order.
  record Seen(String process, String note) {}

  void write(Request request, List<Told> told, long asked) {
    long now = System.nanoTime();
    for (int i = 0; i < told.size(); i++) {
      lines.add(new Line(request.offers().get(i), told.get(i), asked, now));
    }
    acknowledged.addAndGet(told.stream().filter(Acknowledged.class::isInstance).count());
  }

  void see(String process, String note) {
    seen.add(new Seen(process, note));
  }

  /// A client or observer has itself failed, and with it the test.
  void breakOff(String name, Throwable reason) {
    broken.add(name + ": " + reason);
    reason.printStackTrace(System.out);
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /// What is known of checkpoints from earlier looks at the same log.
  Notes notesUnder(TrustPolicy policy) {
    return notes.computeIfAbsent(policy, Notes::new);
  }

  /// How many acknowledgements there are.
  public long acknowledged() {
    return acknowledged.get();
  }

  /// Waits for that many more acknowledgements.
  public void awaitMore(long count) {
    long goal = acknowledged() + count;
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (acknowledged() < goal) {
      if (System.nanoTime() > deadline || !broken.isEmpty()) {
        throw new AssertionError("no more acknowledgements: " + summary());
      }
      Pause.of(Duration.ofMillis(20));
    }
  }

  /// Waits until something is acknowledged that was asked after a fault.
  ///
  /// @param fault when it happened, by `System.nanoTime`
  /// @return how long that took
  public Duration recovery(String name, long fault) {
    long deadline = fault + Duration.ofMinutes(2).toNanos();
    while (System.nanoTime() < deadline) {
      for (Line line : lines) {
        if (line.told() instanceof Acknowledged && line.asked() > fault) {
          Duration took = Duration.ofNanos(line.answered() - fault);
          System.out.println(name + ": first acknowledgement after " + took.toMillis() + " ms");
          return took;
        }
      }
      Pause.of(Duration.ofMillis(20));
    }
    throw new AssertionError(name + ": nothing acknowledged any more: " + summary());
  }

  /// Counts by kind, and the last few failures.
  public String summary() {
    StringBuilder text = new StringBuilder();
    lines.stream()
        .collect(
            java.util.stream.Collectors.groupingBy(
                line -> line.told().getClass().getSimpleName(),
                java.util.TreeMap::new,
                java.util.stream.Collectors.counting()))
        .forEach((kind, count) -> text.append(kind).append(' ').append(count).append(", "));
    text.append(seen.size()).append(" checkpoints seen");
    lines.stream()
        .map(Line::told)
        .filter(told -> told instanceof Told.Nothing || told instanceof Told.Wrong)
        .distinct()
        .limit(5)
        .forEach(told -> text.append("\n  ").append(told));
    broken.forEach(reason -> text.append("\n  ").append(reason));
    return text.toString();
  }
}
