package dev.indelible.witness.command;

/// The three answers of every check; scripts and inspectors rely on words and numbers.
public enum Verdict {
  /// Everything was checked and holds.
  MATCHES(0),
  /// Something contradicts what was signed.
  CONTRADICTED(1),
  /// Nothing is wrong, but not everything could be checked.
  COULD_NOT_BE_CHECKED(3);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /// The exit code of the command.
  public int exitCode() {
    return exitCode;
  }

  /// The words people see.
  public String words() {
    return name().replace('_', ' ');
  }
}
