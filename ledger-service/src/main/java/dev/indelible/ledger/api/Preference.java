package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.proof.Receipt.Level;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a submitter wants to wait for (header `Prefer`, RFC 7240).
///
/// `respond-async` (§4.1) asks for an answer as soon as the entry is durable. `wait=<seconds>`
/// (§4.3) bounds the waiting, and its parameter `level` says for what.
///
/// @param level what to wait for
/// @param longest how long at most, once the entry is durable
record Preference(Level level, Duration longest) {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern WAIT =
      Pattern.compile("wait=(\\d{1,4})(?:\\s*;\\s*level=\"?(sequenced|included|witnessed)\"?)?");

  /// Waits for the block, as long as the server sees fit.
  static final Preference NONE = new Preference(Level.included, LONGEST);

  /// Reads the header.
  static Preference of(@Nullable String header) {
    if (header == null) {
      return NONE;
    }
    if (header.strip().equals("respond-async")) {
      return new Preference(Level.sequenced, Duration.ZERO);
    }
    Matcher match = WAIT.matcher(header.strip());
    if (!match.matches()) {
      throw Rejection.of(
          LedgerProblem.BAD_PREFERENCE,
          "Say respond-async, or wait=<seconds>;level=<sequenced, included or witnessed>.");
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(match.group(1)));
    return new Preference(
        match.group(2) == null ? Level.included : Level.valueOf(match.group(2)),
        wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
  }
}
