package dev.indelible.ledger.block;

/// Two ways to the same value disagree, so at least one row is not what was written. Nothing was
/// signed; the log must take no more entries before a person has looked.
public final class SelfCheckException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Says what disagrees.
  public SelfCheckException(String message) {
    super(message);
  }
}
