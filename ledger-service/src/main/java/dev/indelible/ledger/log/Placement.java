package dev.indelible.ledger.log;

/// What became of a submission.
public sealed interface Placement {
  /// The leaf index that answers for the submission.
  long index();

  /// The entry is in the log at this index, newly or since an earlier submission of the same bytes.
  ///
  /// @param index leaf index
  /// @param isNew whether this submission put it there
  /// @param mayMatch whether an earlier entry may share an alert token with it; false says that
  ///   none does
  record Sequenced(long index, boolean isNew, boolean mayMatch) implements Placement {}

  /// Nothing was appended: an entry with the same unique token is in the log.
  ///
  /// @param index leaf index of that entry
  /// @param token name of the token
  record Duplicate(long index, String token) implements Placement {}
}
