package dev.indelible.ledger.log;

/// The log may not grow; nothing was changed.
public final class FrozenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FrozenException(String reason) {
    super(reason);
  }
}
