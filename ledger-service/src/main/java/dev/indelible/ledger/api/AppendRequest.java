package dev.indelible.ledger.api;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.log.Submission;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.EntryBundle;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The body of an append: `entry`, the base64 of a COSE_Sign1, and its match tokens.
final class AppendRequest {
  private static final Set<String> MEMBERS = Set.of("entry", "tokens");

  /// An entry, and as much again for an unprotected header that is thrown away.
  private static final int MAX_STATEMENT_BYTES = 2 * EntryBundle.MAX_ENTRY_BYTES;

  private static final String LOG_ISSUERS = "urn:indelible:log:";

  /// The member that has several entries.
  static final String ENTRIES = "entries";

  /// How many: each signature is checked by itself.
  private static final int MOST_TOGETHER = 256;

  private AppendRequest() {}

  /// Checks everything that can be checked without looking into the log.
  static Submission read(Log log, byte[] bytes) {
    return read(log, Body.of(bytes));
  }

  /// The same for each of several, which are refused together when one of them is.
  static List<Submission> readAll(Log log, Body body) {
    List<Body> entries = body.only(Set.of(ENTRIES)).objects(ENTRIES, MOST_TOGETHER);
    if (entries.isEmpty()) {
      throw body.invalid(ENTRIES, "is empty");
    }
    return entries.stream().map(entry -> read(log, entry)).toList();
  }

  private static Submission read(Log log, Body all) {
    Body body = all.only(MEMBERS);
    byte[] entry = body.base64("entry", EntryBundle.MAX_ENTRY_BYTES);
    return Submission.of(admitted(log, parse(entry, Entry::parse)), TokenBodies.of(body));
  }

  /// The same for a signed statement as it is, without tokens and with any unprotected header.
  static Submission readStatement(Log log, byte[] bytes) {
    if (bytes.length > MAX_STATEMENT_BYTES) {
      throw Rejection.of(
          CommonProblem.TOO_LARGE, "A statement has at most " + MAX_STATEMENT_BYTES + " bytes.");
    }
    return Submission.of(admitted(log, parse(bytes, Entry::ofStatement)), List.of());
  }

  private static Entry admitted(Log log, Entry entry) {
    requireNames(entry.issuer(), entry.subject());
    if (isLog(entry.issuer()) || !log.issuers().signed(entry)) {
      throw Rejection.of(
          LedgerProblem.UNKNOWN_ISSUER,
          "No key that is registered for the log " + log.name() + " signed this entry.");
    }
    return entry;
  }

  private static Entry parse(byte[] bytes, Function<byte[], Entry> form) {
    try {
      return form.apply(bytes);
    } catch (IllegalArgumentException e) {
      throw Rejection.of(LedgerProblem.MALFORMED_ENTRY, String.valueOf(e.getMessage()));
    }
  }

  /// What the log says of itself nobody else may say.
  static boolean isLog(String issuer) {
    return issuer.startsWith(LOG_ISSUERS);
  }

  static void requireNames(String issuer, String subject) {
    if (!isName(issuer) || !isName(subject)) {
      throw Rejection.of(
          LedgerProblem.MALFORMED_ENTRY, "iss and sub are URNs of at most 255 visible characters");
    }
  }

  private static boolean isName(String text) {
    return text.startsWith("urn:")
        && text.length() > 4
        && text.length() <= 255
        && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
