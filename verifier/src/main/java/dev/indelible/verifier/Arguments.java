package dev.indelible.verifier;

import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The command line.
///
/// @param document the disclosure
/// @param proof the receipt
/// @param policy the policy
/// @param issuer the issuer's key
/// @param json whether the answer is for a program
record Arguments(
    Path document, Path proof, Path policy, Optional<VerifierKey> issuer, boolean json) {
  static final String USAGE =
      """
      verify DOCUMENT --proof FILE.tlog-proof --policy FILE [--issuer VKEY] [--json]
        DOCUMENT  the disclosure, as the claims or trials service gave it
        --proof   its receipt, a .tlog-proof file
        --policy  the keys of the logs and witnesses that you believe
        --issuer  the issuer's key, NAME+ID+KEY, if you hold it
      Exit code: 0 matches, 1 contradicted, 3 could not be checked, 2 wrong use
      """;

  private static final Set<String> OPTIONS = Set.of("--proof", "--policy", "--issuer");

  static Arguments parse(List<String> words) throws WrongUse {
    Deque<String> rest = new ArrayDeque<>(words);
    if ("verify".equals(rest.peekFirst())) {
      rest.removeFirst();
    }
    Map<String, String> given = new HashMap<>();
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      String name = word.startsWith("--") ? word : "DOCUMENT";
      if (given.put(name, value(word, rest)) != null) {
        throw new WrongUse(name + " is given twice");
      }
    }
    return new Arguments(
        path("DOCUMENT", given),
        path("--proof", given),
        path("--policy", given),
        issuer(given),
        given.containsKey("--json"));
  }

  private static String value(String word, Deque<String> rest) throws WrongUse {
    if (!word.startsWith("--") || word.equals("--json")) {
      return word;
    }
    if (!OPTIONS.contains(word)) {
      throw new WrongUse("unknown option " + word);
    }
    String value = rest.pollFirst();
    if (value == null) {
      throw new WrongUse(word + " needs a value");
    }
    return value;
  }

  private static Path path(String name, Map<String, String> given) throws WrongUse {
    String value = given.get(name);
    if (value == null) {
      throw new WrongUse(name + " is missing");
    }
    return Path.of(value);
  }

  private static Optional<VerifierKey> issuer(Map<String, String> given) throws WrongUse {
    String vkey = given.get("--issuer");
    if (vkey == null) {
      return Optional.empty();
    }
    try {
      VerifierKey key = VerifierKey.parse(vkey);
      if (key.type() != KeyType.ED25519) {
        throw new WrongUse("--issuer: entries are signed with Ed25519 keys");
      }
      return Optional.of(key);
    } catch (IllegalArgumentException e) {
      throw new WrongUse("--issuer: " + e.getMessage());
    }
  }
}
