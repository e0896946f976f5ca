package dev.indelible.ledger.log;

/// A witness, or this process itself, knows another tree than the database shows, or more of it.
final class ForkException extends Exception {
  private static final long serialVersionUID = 1;

  ForkException(String message) {
    super(message);
  }
}
