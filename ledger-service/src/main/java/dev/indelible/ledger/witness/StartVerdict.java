package dev.indelible.ledger.witness;

import dev.indelible.ledger.witness.WitnessDialog.Word;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the witnesses together say of a log before its writer's first entry.
public sealed interface StartVerdict {
  /// Every head that was ever called witnessed is a prefix of the log.
  record Agreed() implements StartVerdict {}

  /// There is another tree: one of them shows it, or a quorum says so.
  ///
  /// @param reason what they show or say
  record Objected(String reason) implements StartVerdict {}

  /// Those who do not agree may remember what the others do not.
  ///
  /// @param reason who they are
  record Unheard(String reason) implements StartVerdict {}

  /// What one of them shows is enough, and so is what a quorum says. Otherwise a quorum has to
  /// agree, and those who do not, silent or in doubt, must not be one themselves: then nothing can
  /// have been witnessed that only they know of. For a majority the two are the same.
  ///
  /// @param isQuorum whether the policy is content with these witnesses
  /// @param words what each witness of the policy said
  static StartVerdict of(Predicate<Set<String>> isQuorum, Map<String, Word> words) {
    Map<String, String> doubts = new TreeMap<>();
    Map<String, String> missing = new TreeMap<>();
    for (Map.Entry<String, Word> word : words.entrySet()) {
      switch (word.getValue()) {
        case Word.Agrees agrees -> {}
        case Word.Proves(String reason) -> {
          return new Objected(reason);
        }
        case Word.Doubts(String reason) -> {
          doubts.put(word.getKey(), reason);
          missing.put(word.getKey(), reason);
        }
        case Word.Silent(String message) -> missing.put(word.getKey(), message);
      }
    }
    if (Suspicions.areBelieved(isQuorum, doubts.keySet())) {
      return new Objected(String.join("; ", doubts.values()));
    }
    Set<String> agreed =
        words.keySet().stream()
            .filter(name -> !missing.containsKey(name))
            .collect(Collectors.toSet());
    boolean enough =
        isQuorum.test(Set.of()) || (isQuorum.test(agreed) && !isQuorum.test(missing.keySet()));
    return enough
        ? new Agreed()
        : new Unheard(
            missing.entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .collect(Collectors.joining(", ", "no agreement from ", "")));
  }

  /// Why nothing may be signed yet, if so.
  default Optional<String> unheard() {
    return this instanceof Unheard(String reason) ? Optional.of(reason) : Optional.empty();
  }
}
