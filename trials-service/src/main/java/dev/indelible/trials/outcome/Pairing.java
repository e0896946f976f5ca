package dev.indelible.trials.outcome;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which later outcome is which planned one: by id, else by text that is equal once folded, else by
/// the same words in any order. What only resembles stays `unsure`; nothing is guessed.
final class Pairing {
  /// Two outcomes that are, or may be, the same.
  record Pair(Outcome planned, Outcome later) {}

  private final List<Outcome> dropped;
  private final List<Outcome> added;
  private final List<Pair> sure = new ArrayList<>();
  private final List<Pair> unsure = new ArrayList<>();

  private Pairing(List<Outcome> planned, List<Outcome> later) {
    dropped = new ArrayList<>(planned);
    added = new ArrayList<>(later);
  }

  /// Pairs the outcomes of a plan with those of a later text.
  ///
  /// @param reviewFrom shared words per mille from which a person has to look
  static Pairing of(List<Outcome> planned, List<Outcome> later, int reviewFrom) {
    Pairing pairing = new Pairing(planned, later);
    pairing.pairBy(Outcome::id, Outcome::identified, 1);
    // An outcome under a new id that says exactly the same is the same outcome.
    pairing.pairBy(o -> o.level() + "|" + exact(o), o -> true, Integer.MAX_VALUE);
    Predicate<Outcome> nameless = o -> !o.identified();
    pairing.pairBy(Pairing::exact, nameless, 1);
    pairing.pairBy(Pairing::orderFree, nameless, 1);
    pairing.pairBy(o -> OutcomeText.normal(o.measure()), nameless, 1);
    pairing.pairBy(o -> OutcomeText.orderFree(o.measure()), nameless, 1);
    pairing.setAsideResembling(reviewFrom);
    return pairing;
  }

  List<Pair> sure() {
    return sure;
  }

  List<Pair> unsure() {
    return unsure;
  }

  List<Outcome> dropped() {
    return dropped;
  }

  List<Outcome> added() {
    return added;
  }

  private static String exact(Outcome outcome) {
    return OutcomeText.normal(outcome.measure()) + "|" + OutcomeText.normal(outcome.timeFrame());
  }

  private static String orderFree(Outcome outcome) {
    return OutcomeText.orderFree(outcome.measure())
        + "|"
        + OutcomeText.orderFree(outcome.timeFrame());
  }

  /// Pairs what has the same key on both sides, as often on one as on the other, at most `most`
  /// times.
  private void pairBy(Function<Outcome, String> key, Predicate<Outcome> eligible, int most) {
    Map<String, List<Outcome>> left = group(dropped, key);
    Map<String, List<Outcome>> right = group(added.stream().filter(eligible).toList(), key);
    right.forEach(
        (k, later) -> {
          List<Outcome> planned = left.getOrDefault(k, List.of());
          if (planned.size() == later.size() && later.size() <= most) {
            for (int i = 0; i < later.size(); i++) {
              move(sure, planned.get(i), later.get(i));
            }
          }
        });
  }

  private static Map<String, List<Outcome>> group(
      List<Outcome> outcomes, Function<Outcome, String> key) {
    Map<String, List<Outcome>> groups = new LinkedHashMap<>();
    outcomes.forEach(o -> groups.computeIfAbsent(key.apply(o), k -> new ArrayList<>()).add(o));
    return groups;
  }

  private void move(List<Pair> to, Outcome planned, Outcome later) {
    to.add(new Pair(planned, later));
    remove(dropped, planned);
    remove(added, later);
  }

  /// Removes this very outcome, not another one that says the same.
  @SuppressWarnings("ReferenceEquality")
  private static void remove(List<Outcome> outcomes, Outcome outcome) {
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) == outcome) {
        outcomes.remove(i);
        return;
      }
    }
  }

  private record Scored(Pair pair, int perMille) {}

  private void setAsideResembling(int reviewFrom) {
    List<Set<String>> words = added.stream().map(o -> OutcomeText.tokenSet(o.measure())).toList();
    List<Scored> candidates = new ArrayList<>();
    for (Outcome planned : dropped) {
      Set<String> plannedWords = OutcomeText.tokenSet(planned.measure());
      for (int i = 0; i < added.size(); i++) {
        int score = OutcomeText.overlapPerMille(plannedWords, words.get(i));
        if (!added.get(i).identified() && score >= reviewFrom) {
          candidates.add(new Scored(new Pair(planned, added.get(i)), score));
        }
      }
    }
    // The sort is stable, so equal scores keep document order and a re-run gives the same pairs.
    candidates.sort(Comparator.comparingInt(Scored::perMille).reversed());
    Set<Outcome> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Scored candidate : candidates) {
      Pair pair = candidate.pair();
      if (!taken.contains(pair.planned()) && !taken.contains(pair.later())) {
        taken.addAll(List.of(pair.planned(), pair.later()));
        move(unsure, pair.planned(), pair.later());
      }
    }
  }
}
