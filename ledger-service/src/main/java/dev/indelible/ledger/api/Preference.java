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
/// `return=minimal` (§4.2) leaves the proof out of the answer, for whoever fetches receipts later.
///
/// @param level what to wait for
/// @param longest how long at most, once the entry is durable
/// @param minimal whether the answer may do without the proof
record Preference(Level level, Duration longest, boolean minimal) {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern WAIT =
      Pattern.compile("wait=(\\d{1,4})(?:\\s*;\\s*level=\"?(sequenced|included|witnessed)\"?)?");

  /// Waits for the block, as long as the server sees fit.
  static final Preference NONE = new Preference(Level.included, LONGEST, false);

  /// Reads the header: preferences with commas between.
  static Preference of(@Nullable String header) {
    Preference preference = NONE;
    for (String one : header == null ? new String[0] : header.split(",", -1)) {
      preference = preference.with(one.strip());
    }
    return preference;
  }

  private Preference with(String one) {
    Matcher match = WAIT.matcher(one);
    if (one.equals("respond-async")) {
      return new Preference(Level.sequenced, Duration.ZERO, minimal);
    }
    if (one.equals("return=minimal") || one.equals("return=representation")) {
      return new Preference(level, longest, one.endsWith("minimal"));
    }
    if (!match.matches()) {
      throw Rejection.of(
          LedgerProblem.BAD_PREFERENCE,
          "Say respond-async, wait=<seconds>;level=<sequenced, included or witnessed>, or"
              + " return=minimal.");
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(match.group(1)));
    return new Preference(
        match.group(2) == null ? Level.included : Level.valueOf(match.group(2)),
        wait.compareTo(LONGEST) < 0 ? wait : LONGEST,
        minimal);
  }
}
