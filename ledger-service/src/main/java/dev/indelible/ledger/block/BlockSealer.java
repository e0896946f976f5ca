package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.SealStore.Unsealed;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Turns the leaves behind the last block into the next one.
///
/// Only called when the commit that made those leaves returned cleanly: what is signed here is
/// durable. A crash before the block's row is durable costs nothing, since the next writer seals
/// the same leaves, and two checkpoints over one prefix agree.
@ApplicationScoped
public class BlockSealer {
  private static final Duration SKEW = Duration.ofSeconds(2);

  private final SealStore store;
  private final Clock clock;

  /// Seals what this store holds, by this clock.
  public BlockSealer(SealStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Seals until the last block ends at `head`, and returns that block; nothing when the log is
  /// empty.
  ///
  /// @param head as a clean commit in the writer's own epoch left it. Nobody else's head may be
  ///   signed: it may not be durable yet, however plainly it is there to read
  /// @throws SelfCheckException when rows and signed history disagree
  /// @throws ClockException when time went backwards
  public Optional<SealedBlock> seal(Log log, TreeHead head) throws SQLException {
    while (true) {
      Optional<Unsealed> unsealed = store.unsealed(log, head);
      if (unsealed.isEmpty()) {
        return store.last(log).map(block -> new SealedBlock(block, CompactRange.EMPTY, List.of()));
      }
      CompactRange before = requireSecondOpinion(log, unsealed.get());
      Block block = sign(log, unsealed.get());
      // On a conflict another writer sealed this number first: its block counts, go on behind it.
      if (store.insert(log, block, TokenSeal.sign(log, unsealed.get().tokens()))) {
        return Optional.of(new SealedBlock(block, before, unsealed.get().leafHashes()));
      }
    }
  }

  /// How long to wait until the clock has caught up with the last block, which another machine may
  /// have sealed a moment ahead of ours. Nobody waits longer than that moment: then [#seal]
  /// refuses.
  public Duration behind(Log log) throws SQLException {
    Instant before = store.last(log).map(Block::sealedAt).orElse(Instant.EPOCH);
    Duration behind = Duration.between(clock.instant(), before);
    return behind.isPositive() && behind.compareTo(SKEW) <= 0 ? behind : Duration.ZERO;
  }

  /// The writer computed the head from the entries as they arrived. Here the root is computed again
  /// from the bytes as they were stored, and again from the tiles, and all three have to agree;
  /// then the signed past is proved to be a prefix.
  ///
  /// @return the signed past
  private static CompactRange requireSecondOpinion(Log log, Unsealed unsealed) {
    TreeHead sealed = unsealed.sealed();
    TreeHead head = unsealed.head();
    if (head.size() <= sealed.size()) {
      throw new SelfCheckException(
          log.name() + ": " + head + " is not behind the signed " + sealed);
    }
    CompactRange signed = CompactRange.of(sealed.size(), unsealed.tiles());
    requireEqual(log, "the tiles under the last block", sealed, signed.head());
    List<Hash> leafHashes = unsealed.leafHashes();
    requireEqual(log, "the stored entries", head, signed.append(leafHashes).head());
    requireEqual(log, "the tiles", head, Proofs.head(head.size(), unsealed.tiles()));
    ConsistencyProof proof = Proofs.consistency(sealed.size(), head.size(), unsealed.tiles());
    if (!proof.verify(sealed, head)) {
      throw new SelfCheckException(
          log.name() + ": " + head + " does not extend the signed " + sealed);
    }
    return signed;
  }

  private static void requireEqual(Log log, String source, TreeHead expected, TreeHead found) {
    if (!found.equals(expected)) {
      throw new SelfCheckException(
          log.name() + ": " + source + " hash to " + found + ", not " + expected);
    }
  }

  private Block sign(Log log, Unsealed unsealed) {
    // Whole seconds, so that the row says exactly what the signature says.
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant before = unsealed.last().map(Block::sealedAt).orElse(Instant.EPOCH);
    if (now.isBefore(before)) {
      throw new ClockException(log.name() + ": it is " + now + ", but " + before + " is signed");
    }
    return new Block(
        unsealed.last().map(block -> block.number() + 1).orElse(0L),
        unsealed.sealed().size(),
        unsealed.head(),
        CheckpointSigner.sign(log, unsealed.head(), now).print(),
        now,
        Optional.empty(),
        Optional.of(CoseSeal.sign(log, unsealed.head())));
  }
}
