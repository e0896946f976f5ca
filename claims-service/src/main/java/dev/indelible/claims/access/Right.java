package dev.indelible.claims.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Why somebody may see a claim.
///
/// @param kind the kind of right
/// @param role the caller's role that it rests on
/// @param id which right, of those that are given one by one
public record Right(Kind kind, String role, @Nullable UUID id) {
  /// The kinds of rights.
  public enum Kind {
    /// The claim is one of the caller's own organisation.
    OWN_ORGANISATION("own-organisation"),
    /// The claim is about the caller, by a membership.
    SELF("self"),
    /// The patient lets the caller's organisation read it, by a grant.
    GRANT("grant"),
    /// The caller broke the glass before it.
    BREAK_GLASS("break-glass");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// The word in columns and JSON.
    public String word() {
      return word;
    }
  }
}
