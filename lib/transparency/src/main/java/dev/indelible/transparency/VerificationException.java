package dev.indelible.transparency;

/// Evidence that does not hold, or that cannot be judged, with the reason in a closed list.
public final class VerificationException extends Exception {
  private static final long serialVersionUID = 1;

  /// Why evidence was not accepted.
  public enum Reason {
    /// The bytes are not in the format they claim, so there is nothing to judge: a file cut short
    /// by a mail program is no forgery.
    MALFORMED(false),
    /// The checkpoint is of a log that the policy does not name.
    UNKNOWN_LOG(false),
    /// A key that the policy names for this log did not sign.
    UNSIGNED(false),
    /// A known key's signature is wrong.
    BAD_SIGNATURE(true),
    /// The proof does not lead from the leaf to the signed root.
    NOT_INCLUDED(true),
    /// Fewer witnesses cosigned than the policy asks for.
    NO_QUORUM(false),
    /// The document is not the one that was anchored.
    NOT_THE_DOCUMENT(true);

    private final boolean contradiction;

    Reason(boolean contradiction) {
      this.contradiction = contradiction;
    }

    /// Whether the evidence contradicts itself (true) or merely does not suffice for a verdict
    /// (false).
    public boolean isContradiction() {
      return contradiction;
    }
  }

  private final Reason reason;

  /// Creates the exception; `detail` names both values, expected and found, where there are two.
  public VerificationException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /// Why.
  public Reason reason() {
    return reason;
  }
}
