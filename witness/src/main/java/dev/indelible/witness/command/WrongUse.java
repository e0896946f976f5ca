package dev.indelible.witness.command;

/// The words after the command make no sense; says which.
public final class WrongUse extends Exception {
  private static final long serialVersionUID = 1;

  /// Says what is wrong.
  public WrongUse(String message) {
    super(message);
  }
}
