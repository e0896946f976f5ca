package dev.indelible.local.command;

/// The words after the command make no sense; says which and what would.
final class WrongUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongUse(String message) {
    super(message);
  }
}
