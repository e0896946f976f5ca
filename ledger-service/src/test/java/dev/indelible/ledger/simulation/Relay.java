package dev.indelible.ledger.simulation;

import dev.indelible.ledger.block.SealedBlock;
import dev.indelible.ledger.log.PendingEntries;
import dev.indelible.ledger.log.Placement;
import dev.indelible.ledger.log.Submission;
import dev.indelible.transparency.Hash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Submits entries until each has been answered, and some of them again: to one process or to two
/// at once, alone or with others, in any order.
final class Relay {
  private static final int MOST_AT_ONCE = 3;
  private static final int MOST_REST_MILLIS = 400;

  private final Surroundings around;
  private final SplittableRandom random;
  private final List<LedgerProcess> processes;
  private final Set<Hash> answered = new HashSet<>();

  Relay(Surroundings around, SplittableRandom random, List<LedgerProcess> processes) {
    this.around = around;
    this.random = random;
    this.processes = processes;
  }

  /// Whether every entry has been answered.
  boolean isDone() {
    return answered.size() == Cast.SHARED.submissions().size();
  }

  void run() {
    while (true) {
      List<Submission> batch = batch();
      submit(batch);
      if (random.nextInt(4) == 0) {
        submit(batch);
      }
      around.baton().sleep(Duration.ofMillis(random.nextInt(MOST_REST_MILLIS)));
    }
  }

  private List<Submission> batch() {
    List<Submission> left = new ArrayList<>(Cast.SHARED.submissions());
    if (random.nextInt(3) > 0 && !isDone()) {
      left.removeIf(submission -> answered.contains(submission.leafHash()));
    }
    List<Submission> batch = new ArrayList<>();
    for (int i = random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
      batch.add(left.get(random.nextInt(left.size())));
    }
    return batch;
  }

  private void submit(List<Submission> batch) {
    List<LedgerProcess> writing = processes.stream().filter(LedgerProcess::isWriting).toList();
    List<LedgerProcess> asked = writing.isEmpty() || random.nextInt(5) == 0 ? processes : writing;
    asked.get(random.nextInt(asked.size())).submit(batch).ifPresent(this::await);
  }

  private void await(PendingEntries pending) {
    pending.sequenced().thenAccept(placements -> sequenced(pending.submissions(), placements));
    pending
        .sequenced()
        .thenCombine(
            pending.included(),
            (placements, block) -> included(pending.submissions(), placements, block));
  }

  private void sequenced(List<Submission> batch, List<Placement> placements) {
    for (int i = 0; i < batch.size(); i++) {
      around.truth().answered(batch.get(i), placements.get(i));
      answered.add(batch.get(i).leafHash());
    }
  }

  private boolean included(List<Submission> batch, List<Placement> placements, SealedBlock block) {
    for (int i = 0; i < batch.size(); i++) {
      around.truth().included(batch.get(i), placements.get(i), block);
    }
    return true;
  }
}
