package dev.indelible.e2e;

import dev.indelible.e2e.crash.CrashPoint;
import dev.indelible.e2e.crash.CrashPoint.Edge;
import java.util.List;
import java.util.stream.Stream;

/// The steps around commit and signature, from the acceptance of a record to its witnessed receipt,
/// and the process that takes them.
final class Steps {
  private static final String LEDGER = "dev.indelible.ledger.";
  private static final String ANCHORING = "dev.indelible.anchoring.";

  /// Not the first time: something has to be there that could be lost.
  private static final int TIME = 4;

  /// A ledger process commits all the time, to renew its lease: by then there are commits of
  /// entries.
  private static final int TIME_OF_ANY_COMMIT = 25;

  private Steps() {}

  static final List<CrashTest.Crash> ALL =
      Stream.of(
              // The record and its outbox row: before, inside and after the one transaction.
              around("claims", "dev.indelible.claims.submission.SubmitClaim", "submit"),
              around("claims", ANCHORING + "Anchor", "enqueue"),
              around("trials", "dev.indelible.trials.protocol.StoreVersion", "store"),
              // The access history: events become a statement.
              around("claims", "dev.indelible.claims.access.AccessStore", "seal", 1),
              // The relay: entry sent, receipt stored, outbox row deleted, receipt raised.
              around("claims", ANCHORING + "LedgerClient", "append"),
              around("claims", ANCHORING + "ReceiptStore", "insert"),
              around("trials", ANCHORING + "OutboxStore", "delete"),
              // The log: batch, commit, signature, block.
              around("ledger", LEDGER + "log.SqlLogStore", "append"),
              around("ledger", LEDGER + "head.HeadStore", "swap"),
              around("ledger", LEDGER + "Transactions", "commit", TIME_OF_ANY_COMMIT),
              around("ledger", LEDGER + "block.BlockSealer", "seal"),
              around("ledger", LEDGER + "block.CheckpointSigner", "sign"),
              around("ledger", LEDGER + "block.BlockStore", "insert"))
          .flatMap(List::stream)
          .toList();

  private static List<CrashTest.Crash> around(String service, String className, String method) {
    return around(service, className, method, TIME);
  }

  private static List<CrashTest.Crash> around(
      String service, String className, String method, int time) {
    return Stream.of(Edge.values())
        .map(edge -> new CrashTest.Crash(service, new CrashPoint(className, method, edge, time)))
        .toList();
  }
}
