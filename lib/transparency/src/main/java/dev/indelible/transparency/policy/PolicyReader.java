package dev.indelible.transparency.policy;

import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a policy file, each of which may use only names defined above it (C2SP
/// tlog-policy).
final class PolicyReader {
  private final List<VerifierKey> logs = new ArrayList<>();
  private final List<Witness> witnesses = new ArrayList<>();
  private final Map<String, Quorum> named = new HashMap<>();
  private final Set<String> grouped = new HashSet<>();
  private final Set<String> materials = new HashSet<>();
  private @Nullable Quorum quorum;

  TrustPolicy read(String text) {
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      try {
        String line = trim(raw);
        if (!line.isEmpty() && !line.startsWith("#")) {
          readLine(line.split("[ \t]+"));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("policy line " + number + ": " + e.getMessage(), e);
      }
    }
    if (quorum == null) {
      throw new IllegalArgumentException("the policy has no quorum line");
    }
    return new TrustPolicy(logs, witnesses, quorum);
  }

  /// White space is space and tab only, so that the meaning of a policy depends on no version of
  /// Unicode; a carriage return at the end is a Windows editor's.
  private static String trim(String raw) {
    String line = raw.replaceFirst("\r$", "").replaceAll("^[ \t]+|[ \t]+$", "");
    if (line.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      throw new IllegalArgumentException("a control character");
    }
    return line;
  }

  private void readLine(String[] words) {
    switch (words[0]) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default -> throw new IllegalArgumentException("unknown keyword " + words[0]);
    }
  }

  private void log(String[] words) {
    requireWords(words, 2, 3);
    logs.add(freshKey(words[1]));
  }

  private void witness(String[] words) {
    requireWords(words, 3, 4);
    define(words[1], new Quorum.Single(words[1]));
    Optional<String> url = words.length == 4 ? Optional.of(words[3]) : Optional.empty();
    VerifierKey key = freshKey(words[2]);
    if (!key.type().isTimed()) {
      throw new IllegalArgumentException(words[1] + " has a key that makes no cosignatures");
    }
    witnesses.add(new Witness(words[1], key, url));
  }

  private void group(String[] words) {
    requireWords(words, 4, Integer.MAX_VALUE);
    List<Quorum> members = new ArrayList<>();
    for (int i = 3; i < words.length; i++) {
      if (!grouped.add(words[i])) {
        throw new IllegalArgumentException(words[i] + " is a member twice");
      }
      members.add(lookup(words[i]));
    }
    int threshold =
        switch (words[2]) {
          case "all" -> members.size();
          case "any" -> 1;
          default -> threshold(words[2]);
        };
    define(words[1], new Quorum.Group(threshold, members));
  }

  private static int threshold(String word) {
    if (!word.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(word + " is neither all, any nor a number of members");
    }
    return Integer.parseInt(word);
  }

  private void quorum(String[] words) {
    requireWords(words, 2, 2);
    if (quorum != null) {
      throw new IllegalArgumentException("a second quorum line");
    }
    quorum = words[1].equals("none") ? new Quorum.None() : lookup(words[1]);
  }

  private VerifierKey freshKey(String vkey) {
    VerifierKey key = VerifierKey.parse(vkey);
    if (!materials.add(key.material())) {
      throw new IllegalArgumentException("the public key of " + key.name() + " is used twice");
    }
    return key;
  }

  private void define(String name, Quorum meaning) {
    if (name.equals("none") || named.put(name, meaning) != null) {
      throw new IllegalArgumentException("the name " + name + " is taken");
    }
  }

  private Quorum lookup(String name) {
    Quorum meaning = named.get(name);
    if (meaning == null) {
      throw new IllegalArgumentException(name + " is not defined above");
    }
    return meaning;
  }

  private static void requireWords(String[] words, int least, int most) {
    if (words.length < least || words.length > most) {
      throw new IllegalArgumentException("wrong number of words after " + words[0]);
    }
  }
}
