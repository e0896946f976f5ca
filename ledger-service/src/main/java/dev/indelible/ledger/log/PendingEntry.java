package dev.indelible.ledger.log;

import java.util.concurrent.CompletableFuture;

/// A submission on its way to the writer.
///
/// @param submission what is submitted
/// @param placement completed when the block that holds the entry is durable
record PendingEntry(Submission submission, CompletableFuture<Placement> placement) {
  static PendingEntry of(Submission submission) {
    return new PendingEntry(submission, new CompletableFuture<>());
  }
}
