package dev.indelible.ledger.block;

/// The clock stands before a time that the log has already signed. Fatal to the writer: a log whose
/// checkpoints go back in time is not believed again.
public final class ClockException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClockException(String message) {
    super(message);
  }
}
