package dev.indelible.faults.history;

import dev.indelible.faults.history.History.Line;
import dev.indelible.faults.history.Told.Acknowledged;
import dev.indelible.faults.history.Told.Duplicate;
import dev.indelible.faults.history.Told.Wrong;
import dev.indelible.local.Service;
import dev.indelible.local.Stack;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.policy.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares a history with the log as it shows itself to everybody, from each process.
///
/// It holds a log to this, whatever broke in between: what was acknowledged is there, at the place
/// that was named, once; what was not acknowledged is there at most once; nobody else's entry is
/// there; of offers with one unique token one is there, and every refusal points at it; and what
/// [Heads] says of checkpoints and receipts.
public final class Checker {
  private final History history;
  private final Notes notes;
  private final List<String> violations = new ArrayList<>();

  private Checker(History history, Notes notes) {
    this.history = history;
    this.notes = notes;
  }

  /// Throws unless the history holds, seen from each ledger process.
  ///
  /// @return a line that says how much was checked
  public static String requireSound(Stack stack, History history) {
    Checker checker;
    try {
      TrustPolicy policy = TrustPolicy.parse(Files.readString(stack.policy()));
      checker = new Checker(history, history.notesUnder(policy));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checker.violations.addAll(history.broken());
    StringBuilder checked = new StringBuilder(history.summary());
    for (Service ledger : stack.ledgers()) {
      try (PublicLog log = new PublicLog(ledger)) {
        checked.append("\n").append(ledger.name()).append(": ").append(checker.check(log));
      }
    }
    if (!checker.violations.isEmpty()) {
      List<String> few = checker.violations.stream().limit(20).toList();
      throw new AssertionError(
          checker.violations.size() + " violations:\n" + String.join("\n", few) + "\n" + checked);
    }
    return checked.toString();
  }

  private String check(PublicLog log) {
    Heads heads = new Heads(notes, violations::add);
    long size = heads.newest(log);
    List<Hash> leaves = new ArrayList<>();
    Map<Hash, List<Long>> places = new HashMap<>();
    Set<Hash> foreign = new HashSet<>();
    for (byte[] bytes : log.entries(size)) {
      Hash leaf = Hash.leaf(bytes);
      places.computeIfAbsent(leaf, ignored -> new ArrayList<>()).add((long) leaves.size());
      leaves.add(leaf);
      if (Entry.parse(bytes).issuer().equals(Offers.ISSUER)) {
        foreign.add(leaf);
      }
    }
    checkOffers(places, foreign);
    checkTokens(places);
    int checkpoints = heads.check(log, history, leaves);
    return "%d leaves, %d heads agree".formatted(size, checkpoints);
  }

  private void checkOffers(Map<Hash, List<Long>> places, Set<Hash> foreign) {
    for (Line line : history.lines()) {
      Hash leaf = line.offer().leafHash();
      foreign.remove(leaf);
      List<Long> found = places.getOrDefault(leaf, List.of());
      require(found.size() <= 1, "an entry is in the log at " + found);
      switch (line.told()) {
        case Acknowledged(long index, var ignored) ->
            require(
                found.equals(List.of(index)),
                "acknowledged at " + index + ", in the log at " + found);
        case Wrong(String answer) -> violations.add("answered " + answer);
        case Duplicate duplicate -> {}
        case Told.Nothing nothing -> {}
      }
    }
    require(foreign.isEmpty(), foreign.size() + " entries that nobody offered");
  }

  private void checkTokens(Map<Hash, List<Long>> places) {
    Map<Hash, Set<Long>> holders = new HashMap<>();
    for (Line line : history.lines()) {
      holders
          .computeIfAbsent(line.offer().token(), ignored -> new HashSet<>())
          .addAll(places.getOrDefault(line.offer().leafHash(), List.of()));
    }
    holders.forEach(
        (token, indexes) ->
            require(indexes.size() <= 1, "one unique token, several entries: " + indexes));
    for (Line line : history.lines()) {
      if (line.told() instanceof Duplicate(long index)) {
        Set<Long> indexes = holders.getOrDefault(line.offer().token(), Set.of());
        require(
            indexes.equals(Set.of(index)),
            "refused as a duplicate of " + index + ", the token belongs to " + indexes);
        require(
            !places.getOrDefault(line.offer().leafHash(), List.of()).contains(index),
            "refused as a duplicate of itself at " + index);
      }
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }
}
