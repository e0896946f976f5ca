package dev.indelible.verifier;

/// The command was called in a way that it does not understand.
final class WrongUse extends Exception {
  private static final long serialVersionUID = 1;

  WrongUse(String message) {
    super(message);
  }
}
