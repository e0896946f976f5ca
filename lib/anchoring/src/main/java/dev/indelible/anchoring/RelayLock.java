package dev.indelible.anchoring;

/// A database lock that lets one of all processes work at a time. Advisory locks are per database,
/// so every service has its own under the same number.
///
/// @param sql the database
/// @param number of the lock
record RelayLock(Sql sql, long number) {
  /// For sending, and for the steps between.
  static final long SENDING = 0x496E64656C69626CL;

  /// For raising receipts.
  static final long RAISING = SENDING + 1;

  /// Takes the lock until the transaction ends. False when another process has it.
  ///
  /// PostgreSQL is told to follow indexes meanwhile: it keeps the plans of the relay's questions
  /// from when the outbox was empty and not worth an index. With twenty thousand rows in it, the
  /// oldest was found in a tenth of a second that way, and in a tenth of a millisecond by the
  /// index.
  boolean tryTake() {
    return sql.find(
            row -> row.getBoolean("locked"),
            "select pg_try_advisory_xact_lock(?) as locked, set_config('enable_seqscan', 'off',"
                + " true), set_config('enable_sort', 'off', true)",
            number)
        .orElse(false);
  }
}
