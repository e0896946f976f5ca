package dev.indelible.local.command;

/// The five answers of every command; scripts and inspectors rely on the numbers.
enum ExitCode {
  OK(0),
  CONTRADICTED(1),
  WRONG_USE(2),
  NOT_CHECKED(3),
  ENVIRONMENT(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  static ExitCode of(int number) {
    for (ExitCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    throw new IllegalArgumentException("no exit code " + number);
  }

  int number() {
    return number;
  }
}
