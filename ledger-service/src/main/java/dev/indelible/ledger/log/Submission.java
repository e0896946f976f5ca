package dev.indelible.ledger.log;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entry that has passed every check which needs no other entry, and its tokens.
public final class Submission {
  private final Entry entry;
  private final byte[] bytes;
  private final Hash leafHash;
  private final List<MatchToken> tokens;
  private final Optional<Own> own;
  private @Nullable List<UUID> tokenKeys;

  /// A statement that the log makes about itself, kept open for everyone.
  public record Own(Statement statement, Opening opening) {}

  private Submission(Entry entry, List<MatchToken> tokens, Optional<Own> own) {
    this.entry = entry;
    this.bytes = entry.bytes();
    this.leafHash = entry.leafHash();
    this.tokens = distinct(tokens);
    this.own = own;
  }

  /// Somebody's entry.
  public static Submission of(Entry entry, List<MatchToken> tokens) {
    return new Submission(entry, tokens, Optional.empty());
  }

  /// The log's own entry.
  static Submission own(Entry entry, Own own) {
    return new Submission(entry, List.of(), Optional.of(own));
  }

  /// A claim with two equal lines says a token twice, which matches nothing but itself. Where the
  /// kinds differ the stricter one stays.
  private static List<MatchToken> distinct(List<MatchToken> tokens) {
    Map<MatchToken.Key, MatchToken> byKey = new LinkedHashMap<>();
    for (MatchToken token : tokens) {
      byKey.merge(
          token.key(),
          token,
          (first, second) -> first.kind() == MatchToken.Kind.UNIQUE ? first : second);
    }
    return List.copyOf(byKey.values());
  }

  /// The entry.
  public Entry entry() {
    return entry;
  }

  /// The leaf bytes; not to be changed.
  byte[] bytes() {
    return bytes;
  }

  /// The idempotency key.
  public Hash leafHash() {
    return leafHash;
  }

  List<MatchToken> tokens() {
    return tokens;
  }

  /// The keys of the tokens in the index of a log, in their order. Computed once, by whoever asks
  /// first.
  List<UUID> tokenKeys(String log) {
    List<UUID> keys = tokenKeys;
    if (keys == null) {
      keys = tokens.stream().map(token -> token.key().index(log)).toList();
      tokenKeys = keys;
    }
    return keys;
  }

  Optional<Own> own() {
    return own;
  }
}
