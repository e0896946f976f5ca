package dev.indelible.witness;

/// A request that is not granted, with the status that C2SP tlog-witness gives for it.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  Refusal(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
  }

  Answer answer() {
    return new Answer.Refused(status, String.valueOf(getMessage()));
  }
}
