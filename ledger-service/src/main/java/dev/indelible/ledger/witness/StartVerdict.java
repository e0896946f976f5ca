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

  /// One of them remembers more than the log has, or another tree.
  ///
  /// @param reason what it said
  record Objected(String reason) implements StartVerdict {}

  /// Those who said nothing may remember what the others do not.
  ///
  /// @param reason who they are
  record Unheard(String reason) implements StartVerdict {}

  /// One objection is enough. Otherwise a quorum has to agree, and those who are silent must not be
  /// one themselves: then nothing can have been witnessed that only they know of. For a majority
  /// the two are the same.
  ///
  /// @param isQuorum whether the policy is content with these witnesses
  /// @param words what each witness of the policy said
  static StartVerdict of(Predicate<Set<String>> isQuorum, Map<String, Word> words) {
    Map<String, String> silent = new TreeMap<>();
    for (Map.Entry<String, Word> word : words.entrySet()) {
      switch (word.getValue()) {
        case Word.Agrees agrees -> {}
        case Word.Objects(String reason) -> {
          return new Objected(reason);
        }
        case Word.Silent(String message) -> silent.put(word.getKey(), message);
      }
    }
    Set<String> agreed =
        words.keySet().stream()
            .filter(name -> !silent.containsKey(name))
            .collect(Collectors.toSet());
    boolean enough =
        isQuorum.test(Set.of()) || (isQuorum.test(agreed) && !isQuorum.test(silent.keySet()));
    return enough
        ? new Agreed()
        : new Unheard(
            silent.entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .collect(Collectors.joining(", ", "no word from ", "")));
  }

  /// Why nothing may be signed yet, if so.
  default Optional<String> unheard() {
    return this instanceof Unheard(String reason) ? Optional.of(reason) : Optional.empty();
  }
}
