package dev.indelible.kit.problem;

/// A proof of possession (RFC 9449) that does not hold, or none where the token needs one. Why is
/// for our own logs.
public final class InvalidProofException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param why what does not hold
  public InvalidProofException(String why) {
    super(why);
  }

  /// @param why what does not hold
  /// @param cause what noticed it
  public InvalidProofException(String why, Throwable cause) {
    super(why, cause);
  }
}
