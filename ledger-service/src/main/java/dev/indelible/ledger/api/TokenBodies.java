package dev.indelible.ledger.api;

import dev.indelible.ledger.log.MatchToken;
import dev.indelible.ledger.log.MatchToken.Kind;
import dev.indelible.transparency.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Match tokens in a request's body.
final class TokenBodies {
  private static final int MOST_TOKENS = 1_000;
  private static final Set<String> MEMBERS = Set.of("name", "kind", "epoch", "digest");

  private TokenBodies() {}

  /// The elements of the member `tokens`.
  static List<MatchToken> of(Body body) {
    List<MatchToken> tokens = new ArrayList<>();
    for (Body token : body.objects("tokens", MOST_TOKENS)) {
      tokens.add(token(token.only(MEMBERS)));
    }
    return tokens;
  }

  private static MatchToken token(Body token) {
    String kind = token.text("kind");
    Kind known =
        Arrays.stream(Kind.values())
            .filter(value -> value.text().equals(kind))
            .findFirst()
            .orElseThrow(() -> token.invalid("kind", "is neither unique nor alert"));
    try {
      Hash digest = Hash.of(token.base64("digest", Hash.LENGTH));
      return new MatchToken(token.text("name"), known, token.integer("epoch"), digest);
    } catch (IllegalArgumentException e) {
      throw token.invalid("", "is not a match token");
    }
  }
}
