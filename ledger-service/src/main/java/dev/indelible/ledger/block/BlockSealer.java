package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.SealStore.Stored;
import dev.indelible.ledger.head.FencedException;
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

  /// The signed past, and the leaves behind it, when everything agrees.
  private record Checked(CompactRange before, List<Hash> leafHashes) {}

  /// Seals what this store holds, by this clock.
  public BlockSealer(SealStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Seals what predecessors left until the last block ends at `head`, and returns that block;
  /// nothing when the log is empty.
  ///
  /// @param head as a clean commit in this epoch left it
  /// @throws SelfCheckException when rows and signed history disagree
  /// @throws ClockException when time went backwards
  public Optional<SealedBlock> sealRest(Log log, long epoch, TreeHead head) throws SQLException {
    while (true) {
      Optional<Block> last = store.last(log);
      long sealed = last.map(Block::end).orElse(0L);
      if (head.size() <= sealed) {
        return last.map(SealedBlock::of);
      }
      Tail tail = new Tail(last, head, store.tokens(log, sealed, head.size()));
      // On a conflict another writer sealed this number first: its block counts, go on behind it.
      Optional<SealedBlock> block = seal(log, epoch, tail);
      if (block.isPresent()) {
        return block;
      }
    }
  }

  /// Seals what this writer appended behind a block.
  ///
  /// @return nothing when another writer sealed there first
  /// @throws SelfCheckException when rows and signed history disagree
  /// @throws FencedException when they do, and the epoch is over
  /// @throws ClockException when time went backwards
  public Optional<SealedBlock> seal(Log log, long epoch, Tail tail) throws SQLException {
    Checked checked =
        store.read(log, epoch, tail.sealed(), tail.head(), stored -> check(log, tail, stored));
    Block block = sign(log, tail);
    return store.insert(log, block, TokenSeal.sign(log, tail.tokens()))
        ? Optional.of(new SealedBlock(block, checked.before(), checked.leafHashes()))
        : Optional.empty();
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
  private static Checked check(Log log, Tail tail, Stored stored) {
    TreeHead sealed = tail.sealed();
    TreeHead head = tail.head();
    if (head.size() <= sealed.size()) {
      throw new SelfCheckException(
          log.name() + ": " + head + " is not behind the signed " + sealed);
    }
    CompactRange signed = CompactRange.of(sealed.size(), stored.tiles());
    requireEqual(log, "the tiles under the last block", sealed, signed.head());
    requireEqual(log, "the stored entries", head, signed.append(stored.leafHashes()).head());
    requireEqual(log, "the tiles", head, Proofs.head(head.size(), stored.tiles()));
    ConsistencyProof proof = Proofs.consistency(sealed.size(), head.size(), stored.tiles());
    if (!proof.verify(sealed, head)) {
      throw new SelfCheckException(
          log.name() + ": " + head + " does not extend the signed " + sealed);
    }
    return new Checked(signed, stored.leafHashes());
  }

  private static void requireEqual(Log log, String source, TreeHead expected, TreeHead found) {
    if (!found.equals(expected)) {
      throw new SelfCheckException(
          log.name() + ": " + source + " hash to " + found + ", not " + expected);
    }
  }

  private Block sign(Log log, Tail tail) {
    // Whole seconds, so that the row says exactly what the signature says.
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant before = tail.last().map(Block::sealedAt).orElse(Instant.EPOCH);
    if (now.isBefore(before)) {
      throw new ClockException(log.name() + ": it is " + now + ", but " + before + " is signed");
    }
    return new Block(
        tail.last().map(block -> block.number() + 1).orElse(0L),
        tail.sealed().size(),
        tail.head(),
        CheckpointSigner.sign(log, tail.head(), now).print(),
        now,
        Optional.empty(),
        Optional.of(CoseSeal.sign(log, tail.head())));
  }
}
