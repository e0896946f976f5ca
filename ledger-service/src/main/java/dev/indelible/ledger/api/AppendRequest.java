package dev.indelible.ledger.api;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import dev.indelible.ledger.Issuers;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.log.MatchToken;
import dev.indelible.ledger.log.MatchToken.Kind;
import dev.indelible.ledger.log.Submission;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.EntryBundle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of an append.
///
/// @param entry base64 of a COSE_Sign1
/// @param tokens match tokens, none when absent
record AppendRequest(@Nullable String entry, @Nullable List<@Nullable Token> tokens) {
  private static final int MOST_TOKENS = 1_000;

  /// A match token.
  record Token(
      @Nullable String name,
      @Nullable String kind,
      @Nullable Integer epoch,
      @Nullable String digest) {}

  /// Checks everything that can be checked without looking into the log.
  Submission submission(Log log) {
    Entry parsed = parse(bytes());
    requireIssuer(log, parsed);
    return Submission.of(parsed, matchTokens());
  }

  private byte[] bytes() {
    if (entry == null) {
      throw invalid("/entry", "is missing");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(entry);
      if (bytes.length <= EntryBundle.MAX_ENTRY_BYTES
          && Base64.getEncoder().encodeToString(bytes).equals(entry)) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      throw invalid("/entry", "is not base64");
    }
    throw invalid("/entry", "is not padded base64 of at most 65535 bytes");
  }

  private static Entry parse(byte[] bytes) {
    try {
      Entry parsed = Entry.parse(bytes);
      if (isName(parsed.issuer()) && isName(parsed.subject())) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      throw Rejection.of(LedgerProblem.MALFORMED_ENTRY, String.valueOf(e.getMessage()));
    }
    throw Rejection.of(
        LedgerProblem.MALFORMED_ENTRY, "iss and sub are URNs of at most 255 visible characters");
  }

  private static boolean isName(String text) {
    return text.matches("urn:[!-~]{1,251}");
  }

  private static void requireIssuer(Log log, Entry entry) {
    Issuers issuers = log.issuers();
    // What the log says of itself nobody else may say.
    if (entry.issuer().startsWith("urn:indelible:log:") || !issuers.signed(entry)) {
      throw Rejection.of(
          LedgerProblem.UNKNOWN_ISSUER,
          "No key that is registered for the log " + log.name() + " signed this entry.");
    }
  }

  private List<MatchToken> matchTokens() {
    List<@Nullable Token> given = tokens == null ? List.of() : tokens;
    if (given.size() > MOST_TOKENS) {
      throw invalid("/tokens", "has more than " + MOST_TOKENS + " elements");
    }
    List<MatchToken> all = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      all.add(matchToken(given.get(i), "/tokens/" + i));
    }
    return all;
  }

  private static MatchToken matchToken(@Nullable Token token, String at) {
    if (token == null || token.name() == null || token.epoch() == null || token.digest() == null) {
      throw invalid(at, "needs name, kind, epoch and digest");
    }
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(known -> known.text().equals(token.kind()))
            .findFirst()
            .orElseThrow(() -> invalid(at + "/kind", "is neither unique nor alert"));
    try {
      return new MatchToken(token.name(), kind, token.epoch(), Hash.fromBase64(token.digest()));
    } catch (IllegalArgumentException e) {
      throw invalid(at, "is not a match token");
    }
  }

  private static Rejection invalid(String pointer, String message) {
    return Rejection.of(CommonProblem.INVALID_BODY, pointer + " " + message)
        .violations(List.of(new Violation(pointer, message)));
  }
}
