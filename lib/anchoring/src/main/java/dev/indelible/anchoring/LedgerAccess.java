package dev.indelible.anchoring;

/// As whom we speak to the ledger.
public interface LedgerAccess {
  /// A token that should be good for one more call.
  ///
  /// @throws LedgerUnavailableException when none can be had at the moment
  String bearer() throws LedgerUnavailableException;

  /// Tells that the ledger did not accept the last one.
  void refused();
}
