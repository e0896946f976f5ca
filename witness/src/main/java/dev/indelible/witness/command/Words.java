package dev.indelible.witness.command;

import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.tiles.LogClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words after a command: plain ones, options with a value and flags without.
public final class Words {
  private final List<String> plain = new ArrayList<>();
  private final Map<String, List<String>> options = new HashMap<>();

  private Words() {}

  /// Sorts the words.
  ///
  /// @param valued options that take a value, each as often as it is given
  /// @param flags options that do not
  public static Words of(List<String> words, Set<String> valued, Set<String> flags)
      throws WrongUse {
    Words sorted = new Words();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (!word.startsWith("--")) {
        sorted.plain.add(word);
      } else if (flags.contains(word)) {
        sorted.options.put(word, List.of());
      } else if (!valued.contains(word)) {
        throw new WrongUse("unknown option " + word);
      } else if (!rest.hasNext()) {
        throw new WrongUse(word + " needs a value");
      } else {
        sorted.options.computeIfAbsent(word, ignored -> new ArrayList<>()).add(rest.next());
      }
    }
    return sorted;
  }

  /// The plain words.
  public List<String> plain() {
    return List.copyOf(plain);
  }

  /// Every value of an option.
  public List<String> all(String option) {
    return List.copyOf(options.getOrDefault(option, List.of()));
  }

  /// The value of an option that may be given once.
  public Optional<String> find(String option) throws WrongUse {
    List<String> values = all(option);
    if (values.size() > 1) {
      throw new WrongUse(option + " is given twice");
    }
    return values.stream().findFirst();
  }

  /// Whether a flag is given.
  public boolean has(String flag) {
    return options.containsKey(flag);
  }

  /// The value of an option that has to be there.
  public String get(String option) throws WrongUse {
    return find(option).orElseThrow(() -> new WrongUse(option + " is missing"));
  }

  /// A number that is not negative.
  public Optional<Long> findNumber(String option) throws WrongUse {
    Optional<String> word = find(option);
    if (word.isPresent() && !word.get().matches("[0-9]{1,18}")) {
      throw new WrongUse(option + " takes a number, not " + word.get());
    }
    return word.map(Long::parseLong);
  }

  /// The address of something that serves tiles.
  public static String url(String word) throws WrongUse {
    try {
      return LogClient.prefix(word).toString();
    } catch (IllegalArgumentException e) {
      throw new WrongUse(word + " is not an address");
    }
  }

  /// The policy in the file that `--policy` names.
  public TrustPolicy policy() throws WrongUse {
    Path file = Path.of(get("--policy"));
    try {
      return TrustPolicy.parse(Files.readString(file));
    } catch (IOException e) {
      throw new WrongUse("cannot read the policy " + file);
    } catch (IllegalArgumentException e) {
      throw new WrongUse(file + ": " + e.getMessage());
    }
  }
}
