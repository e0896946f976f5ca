package dev.indelible.anchoring;

/// How far a statement has come.
public enum AnchorStatus {
  /// In the outbox. Durable here, unknown to the ledger or not yet acknowledged by it.
  PENDING,
  /// In the log, under a checkpoint that the log signed.
  INCLUDED,
  /// In the log, under a checkpoint that a quorum of witnesses saw.
  WITNESSED,
  /// Not in the log: an equal one was there before.
  REFUSED
}
