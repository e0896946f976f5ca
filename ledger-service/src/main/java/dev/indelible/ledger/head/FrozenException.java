package dev.indelible.ledger.head;

/// The log may not grow; nothing was changed.
public final class FrozenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Says why.
  public FrozenException(String reason) {
    super(reason);
  }
}
