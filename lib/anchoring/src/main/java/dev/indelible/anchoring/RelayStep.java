package dev.indelible.anchoring;

/// Work that waits for entries to get into the log. The relay does it between entries, so that
/// nothing is sent meanwhile: under its lock, in a transaction that it commits.
public interface RelayStep {
  /// Takes one step if one is due. A crash at any moment must leave it to be taken again.
  ///
  /// @return whether there may be more to do at once
  boolean advance();
}
