package dev.indelible.witness.fsck;

import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.command.Words;
import dev.indelible.witness.command.WrongUse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The command line of `fsck`.
///
/// @param url prefix of the log
/// @param policy whose signatures count
/// @param origin name that the log must have
/// @param range entries to look at
/// @param state file of what was found right, to go on from there
/// @param rate entries a second at most
record Arguments(
    String url,
    TrustPolicy policy,
    Optional<String> origin,
    Optional<Range> range,
    Optional<Path> state,
    OptionalLong rate) {

  static final String USAGE =
      """
      fsck URL --policy FILE [--origin NAME] [--from N] [--to N] [--state FILE] [--rate N]
        URL       where the log is: checkpoint and tiles are below it (C2SP tlog-tiles)
        --policy  the keys of the logs and witnesses that you believe (C2SP tlog-policy)
        --origin  the name of the log you want; without it, any log of the policy will do
        --from, --to
                  look at the entries from the first index up to, not including, the second
        --state   remember in this file how far everything is right, and go on from there
        --rate    look at no more entries a second than this
      Exit code: 0 matches, 1 contradicted, 3 could not be checked, 2 wrong use, 4 the state file
      cannot be used
      """;

  private static final Set<String> OPTIONS =
      Set.of("--policy", "--origin", "--from", "--to", "--state", "--rate");

  /// Leaves `[from, to)`; an open end is the end of the log.
  record Range(long from, OptionalLong to) {
    static final Range ALL = new Range(0, OptionalLong.empty());
  }

  static Arguments parse(List<String> words) throws WrongUse {
    Words given = Words.of(words, OPTIONS, Set.of());
    if (given.plain().size() != 1) {
      throw new WrongUse("fsck takes the address of one log");
    }
    Optional<Range> range = range(given);
    Optional<Path> state = given.find("--state").map(Path::of);
    if (range.isPresent() && state.isPresent()) {
      throw new WrongUse("--state remembers the beginning of a log, not a range");
    }
    Optional<Long> rate = given.findNumber("--rate");
    if (rate.filter(entries -> entries == 0).isPresent()) {
      throw new WrongUse("--rate 0 would never end");
    }
    return new Arguments(
        Words.url(given.plain().getFirst()),
        given.policy(),
        given.find("--origin"),
        range,
        state,
        rate.isPresent() ? OptionalLong.of(rate.get()) : OptionalLong.empty());
  }

  private static Optional<Range> range(Words given) throws WrongUse {
    Optional<Long> from = given.findNumber("--from");
    Optional<Long> to = given.findNumber("--to");
    if (from.isEmpty() && to.isEmpty()) {
      return Optional.empty();
    }
    long start = from.orElse(0L);
    if (to.filter(end -> end <= start).isPresent()) {
      throw new WrongUse("--to has to be greater than --from");
    }
    return Optional.of(
        new Range(start, to.isPresent() ? OptionalLong.of(to.get()) : OptionalLong.empty()));
  }
}
