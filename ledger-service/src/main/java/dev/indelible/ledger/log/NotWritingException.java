package dev.indelible.ledger.log;

/// This process does not write the log at the moment. The submission may be tried again, here or at
/// the process that does: its leaf hash makes that harmless.
public final class NotWritingException extends Exception {
  private static final long serialVersionUID = 1;

  NotWritingException() {
    super("not the writer", null, false, false);
  }
}
