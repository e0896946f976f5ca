package dev.indelible.anchoring;

/// The ledger, or what we need to speak to it, does not answer at the moment. Whatever was asked
/// may or may not have happened; asking again is safe.
public final class LedgerUnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  /// Creates the exception.
  public LedgerUnavailableException(String message) {
    super(message);
  }

  /// Creates the exception.
  public LedgerUnavailableException(String message, Throwable cause) {
    super(message + ": " + cause, cause);
  }
}
