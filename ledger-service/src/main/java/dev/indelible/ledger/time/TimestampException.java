package dev.indelible.ledger.time;

/// A reply that is no evidence, with the reason.
public final class TimestampException extends Exception {
  private static final long serialVersionUID = 1;

  TimestampException(String reason) {
    super(reason);
  }

  TimestampException(String reason, Throwable cause) {
    super(reason + ": " + cause.getMessage(), cause);
  }
}
