package dev.indelible.ledger.log;

import dev.indelible.ledger.head.FencedException;
import dev.indelible.ledger.head.FrozenException;
import dev.indelible.ledger.head.Head;
import dev.indelible.transparency.merkle.CompactRange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the writer of a log asks of its database.
///
/// Whatever changes something commits once, and returns only when that commit returned cleanly:
/// then all that the call did, and all that it or any earlier call read, is durable. Any exception
/// leaves open what happened, [FencedException] and [FrozenException] apart, which say that nothing
/// did.
public interface LogStore {
  /// A process that wants to write.
  ///
  /// @param id unique for this start of the process
  /// @param url where others reach it
  record Holder(String id, String url) {}

  /// Reads the head. What a read says may yet be lost, and nobody writes or signs by it.
  Head head(String log) throws SQLException;

  /// Takes the lease if it is free or our own, and begins a new epoch, which ends whatever an
  /// earlier writer may still have under way.
  ///
  /// @return the head in the new epoch, read in the same transaction, since what is read later may
  ///   be a successor's; nothing when somebody else holds the lease
  Optional<Head> takeOffice(String log, Holder self, Duration term) throws SQLException;

  /// Keeps the lease; false when it is somebody else's by now.
  boolean renewOffice(String log, Holder self, Duration term) throws SQLException;

  /// Commits something in `epoch`. A clean return says that nobody has written since, so that what
  /// was read in this epoch still holds.
  ///
  /// @throws FencedException when the epoch is over
  void confirm(String log, long epoch) throws SQLException;

  /// Gives the lease back, so that nobody has to wait for its end.
  void leaveOffice(String log, Holder self) throws SQLException;

  /// Appends what is new of a batch, in one transaction, and moves the head from exactly `from` in
  /// exactly `epoch`. When nothing is new a row is committed to `barrier` instead, so that a clean
  /// return says that the entries found are durable too.
  ///
  /// @throws FencedException when the epoch is over or the head is elsewhere
  /// @throws FrozenException when nobody may write
  BatchPlan append(String log, long epoch, CompactRange from, List<Submission> batch)
      throws SQLException;

  /// Forbids writing until an operator clears the column. The first reason stays.
  void freeze(String log, String reason) throws SQLException;
}
