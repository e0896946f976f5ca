package dev.indelible.ledger;

import dev.indelible.kit.problem.ProblemType;

/// Everything the ledger refuses, beyond what every service refuses.
public enum LedgerProblem implements ProblemType {
  /// The bytes are not an entry in its one encoding.
  MALFORMED_ENTRY("malformed-entry", 400, "The entry is malformed"),
  /// No registered issuer of this log signed the entry.
  UNKNOWN_ISSUER("unknown-issuer", 403, "The entry's signer is not registered for this log"),
  /// An entry with the same unique token is in the log already.
  DUPLICATE_ENTRY("duplicate-entry", 409, "The log has this already"),
  /// The log's keys are not in the state that the operator thinks.
  KEY_CONFLICT("key-conflict", 409, "The log's keys do not allow this"),
  /// A query asks for something that no tree can have.
  BAD_RANGE("bad-range", 400, "There is no such proof"),
  /// The entry or block is there, and no receipt of the kind that is asked for, or not yet.
  NO_RECEIPT("no-receipt", 404, "There is no such receipt"),
  /// The queue before the writer is full.
  OVERLOADED("overloaded", 429, "Too many entries are waiting"),
  /// One organisation has submitted more in a while than it may.
  QUOTA_EXCEEDED("quota-exceeded", 429, "The organisation's quota is used up"),
  /// A batch whose one signature does not hold for its statements.
  BAD_BATCH("bad-batch", 400, "The batch cannot be taken apart"),
  /// The header `Prefer` asks for something that there is not.
  BAD_PREFERENCE("bad-preference", 400, "The preference is not understood"),
  /// The entry that is named as tombstone does not stand for these entries.
  WRONG_TOMBSTONE("wrong-tombstone", 409, "The tombstone does not fit these entries"),
  /// An epoch of match tokens cannot be erased while an entry has no later ones.
  EPOCH_IN_USE("epoch-in-use", 409, "Entries are found by this epoch only"),
  /// No process writes this log at the moment.
  NO_WRITER("no-writer", 503, "The log has no writer at the moment"),
  /// The log takes nothing until an operator has looked at it.
  LOG_FROZEN("log-frozen", 503, "The log is frozen");

  private final String code;
  private final int status;
  private final String title;

  LedgerProblem(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
