package dev.indelible.ledger.head;

/// Another writer is in office; nothing was changed.
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Says which epoch is over.
  public FencedException(String log, long epoch) {
    super("epoch " + epoch + " of log " + log + " is over");
  }
}
