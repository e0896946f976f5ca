package dev.indelible.ledger.log;

/// Another writer is in office; nothing was changed.
final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FencedException(String log, long epoch) {
    super("epoch " + epoch + " of log " + log + " is over");
  }
}
