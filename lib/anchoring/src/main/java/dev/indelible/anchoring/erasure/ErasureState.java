package dev.indelible.anchoring.erasure;

/// How far an erasure has come.
public enum ErasureState {
  /// Asked for and durable; the relay does the rest, however often it is interrupted.
  REQUESTED,
  /// Rows and openings are gone here, and the tombstone is on its way to the log.
  DESTROYED,
  /// The tombstone is in the log, and the ledger has erased the match tokens.
  ERASED
}
