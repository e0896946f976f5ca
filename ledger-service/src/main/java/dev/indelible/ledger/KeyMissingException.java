package dev.indelible.ledger;

/// A generation of keys signs, and this process does not have it. Only a new start with the right
/// files changes that, so a writer that meets this has to leave its place to another process.
public final class KeyMissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Says which.
  public KeyMissingException(String log, int generation) {
    super(
        "log %s: generation %d of its keys is not here, or is another".formatted(log, generation));
  }
}
