package dev.indelible.ledger.log;

/// A witness knows another tree than ours, or more of it.
final class ForkException extends Exception {
  private static final long serialVersionUID = 1;

  ForkException(String message) {
    super(message);
  }
}
