package dev.indelible.claims.access;

/// What somebody does with a claim, or with the history of who did, and how FHIR calls it.
public enum Action {
  /// Sees the claim, the decisions on it, or why the glass before it was broken.
  READ("read", 'R'),
  /// Is shown the claim, an alert about it, or why the glass before it was broken, in a list.
  SEARCH("search", 'E'),
  /// Is given the proof that an entry about the claim is in the log.
  DISCLOSE_RECEIPT("disclose-receipt", 'R'),
  /// Is given a document that shows fields of the claim, or of a decision on it, to a verifier.
  DISCLOSE_EVIDENCE("disclose-evidence", 'R'),
  /// Decides the claim, and sees it for that.
  DECIDE("decide", 'C'),
  /// Breaks the glass before the claim.
  BREAK_GLASS("break-glass", 'E'),
  /// Is shown events of the access history, or the proof of one.
  READ_HISTORY("read-history", 'R');

  private final String word;
  private final char code;

  Action(String word, char code) {
    this.word = word;
    this.code = code;
  }

  /// The word in columns and JSON.
  public String word() {
    return word;
  }

  /// FHIR R4's `AuditEvent.action` (http://hl7.org/fhir/audit-event-action).
  public char code() {
    return code;
  }

  /// Whether it leaves the claim as it is.
  boolean isRead() {
    return code == 'R';
  }
}
