package dev.indelible.claims.access;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which events somebody asks for: those that meet all of it.
///
/// @param claim of this claim
/// @param actor by this subject of a token
/// @param actions one of these, of which there may be none
/// @param time when
public record AccessFilter(
    Optional<UUID> claim, Optional<String> actor, Optional<Set<Action>> actions, Span time) {
  /// Every event.
  public static final AccessFilter ALL =
      new AccessFilter(Optional.empty(), Optional.empty(), Optional.empty(), Span.EVER);

  public AccessFilter {
    actions = actions.map(Set::copyOf);
  }

  /// Every event of a claim.
  public static AccessFilter of(UUID claim) {
    return new AccessFilter(Optional.of(claim), Optional.empty(), Optional.empty(), Span.EVER);
  }

  /// From one moment until just before another; as [dev.indelible.claims.Moment] writes them.
  public record Span(String from, String before) {
    /// Text before, and after, every moment there is.
    public static final Span EVER = new Span("", "9");

    /// What is in both.
    public Span and(Span other) {
      return new Span(
          from.compareTo(other.from) > 0 ? from : other.from,
          before.compareTo(other.before) < 0 ? before : other.before);
    }
  }
}
