package dev.indelible.witness.monitor;

import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.command.Words;
import dev.indelible.witness.command.WrongUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The command line of `monitor`.
///
/// @param logs the log and its mirrors
/// @param witnesses monitoring prefixes
/// @param policy whose signatures count
/// @param origin the log
/// @param state file of what was seen last
/// @param evidence folder for proof of a fork
/// @param every how often to look; once when empty
/// @param check evidence to judge instead
record Arguments(
    List<String> logs,
    List<String> witnesses,
    TrustPolicy policy,
    String origin,
    Optional<Path> state,
    Path evidence,
    Optional<Duration> every,
    Optional<Path> check) {

  static final String USAGE =
      """
      monitor URL... --policy FILE [--witness URL]... [--witnesses] [--origin NAME]
              [--state FILE] [--evidence FOLDER] [--every SECONDS]
      monitor --check FILE --policy FILE
        URL          the log and its mirrors: checkpoint and tiles are below it (C2SP tlog-tiles)
        --policy     the keys of the logs and witnesses that you believe (C2SP tlog-policy)
        --witness    a witness's monitoring prefix (C2SP tlog-witness)
        --witnesses  ask every witness whose address is in the policy
        --origin     name of the log, when the policy has more than one
        --state      remember in this file what was seen, and compare with it next time
        --evidence   where proof of a fork is written; without it, here
        --every      look again and again
        --check      judge such a proof
      Exit code: 0 all show one log, 1 the log has forked, 3 could not be checked, 2 wrong use,
      4 a file cannot be used
      """;

  private static final Set<String> OPTIONS =
      Set.of("--policy", "--witness", "--origin", "--state", "--evidence", "--every", "--check");

  static Arguments parse(List<String> words) throws WrongUse {
    Words given = Words.of(words, OPTIONS, Set.of("--witnesses"));
    TrustPolicy policy = given.policy();
    List<String> logs = new ArrayList<>();
    for (String word : given.plain()) {
      logs.add(Words.url(word));
    }
    Optional<Path> check = given.find("--check").map(Path::of);
    if (logs.isEmpty() && check.isEmpty()) {
      throw new WrongUse("monitor takes the address of a log");
    }
    return new Arguments(
        logs,
        witnesses(given, policy),
        policy,
        check.isPresent() ? "" : origin(given.find("--origin"), policy),
        given.find("--state").map(Path::of),
        Path.of(given.find("--evidence").orElse("")),
        given.findNumber("--every").map(Duration::ofSeconds),
        check);
  }

  private static List<String> witnesses(Words given, TrustPolicy policy) throws WrongUse {
    List<String> urls = new ArrayList<>();
    for (String word : given.all("--witness")) {
      urls.add(Words.url(word));
    }
    if (given.has("--witnesses")) {
      for (TrustPolicy.Witness witness : policy.witnesses()) {
        if (witness.url().isPresent()) {
          urls.add(Words.url(witness.url().get()));
        }
      }
    }
    return urls;
  }

  private static String origin(Optional<String> asked, TrustPolicy policy) throws WrongUse {
    List<String> known = policy.logs().stream().map(VerifierKey::name).distinct().toList();
    if (asked.isPresent() ? !known.contains(asked.get()) : known.size() != 1) {
      throw new WrongUse("--origin has to be one of " + String.join(", ", known));
    }
    return asked.orElseGet(known::getFirst);
  }
}
