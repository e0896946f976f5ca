package dev.indelible.kit.audit;

/// What an audit can say: three words, never two.
public enum Verdict {
  /// Everything was compared and nothing differs.
  MATCHES,
  /// Something differs.
  CONTRADICTED,
  /// Nothing that was compared differs, but not everything could be compared.
  COULD_NOT_BE_CHECKED
}
