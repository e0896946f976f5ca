package dev.indelible.ledger.log;

import dev.indelible.ledger.block.SealedBlock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Submissions on their way to the writer, answered together.
///
/// @param submissions what is submitted
/// @param sequenced completed with a placement for each, in order, when all that they say is
///   durable
/// @param included completed with the newest block when that is durable; every new entry is in it
public record PendingEntries(
    List<Submission> submissions,
    CompletableFuture<List<Placement>> sequenced,
    CompletableFuture<SealedBlock> included) {
  public PendingEntries {
    submissions = List.copyOf(submissions);
  }

  static PendingEntries of(List<Submission> submissions) {
    return new PendingEntries(submissions, new CompletableFuture<>(), new CompletableFuture<>());
  }

  int size() {
    return submissions.size();
  }

  void refuse() {
    sequenced.completeExceptionally(new NotWritingException());
    included.completeExceptionally(new NotWritingException());
  }
}
