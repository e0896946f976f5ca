package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Proofs;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

  private final Transactions transactions;
  private final Clock clock;

  BlockSealer(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Seals until the last block ends where the log's head is, and returns that block; nothing when
  /// the log is empty.
  ///
  /// @throws SelfCheckException when rows and signed history disagree
  /// @throws ClockException when time went backwards
  public Optional<Block> seal(Log log) throws SQLException {
    while (true) {
      Optional<Draft> draft = transactions.read(connection -> draft(connection, log));
      if (draft.isEmpty()) {
        return transactions.read(connection -> BlockStore.last(connection, log.name()));
      }
      // On a conflict another writer sealed this number first: its block counts, go on behind it.
      Block block = sign(log, draft.get());
      TokenSeal seal = TokenSeal.sign(log, draft.get().tokens());
      boolean ours = transactions.write(connection -> insert(connection, log, block, seal));
      if (ours) {
        return Optional.of(block);
      }
    }
  }

  /// Waits until the clock has caught up with the last block, which another machine may have sealed
  /// a moment ahead of ours. Longer than that moment nobody waits: then [#seal] refuses.
  public void awaitClock(Log log) throws InterruptedException {
    Instant before =
        transactions
            .read(connection -> BlockStore.last(connection, log.name()))
            .map(Block::sealedAt)
            .orElse(Instant.EPOCH);
    Duration behind = Duration.between(clock.instant(), before);
    if (behind.isPositive() && behind.compareTo(SKEW) <= 0) {
      Thread.sleep(behind);
    }
  }

  /// What is to be signed: two heads that have been shown to agree.
  private record Draft(Optional<Block> last, TreeHead head, Hash tokens) {}

  private static Optional<Draft> draft(Connection connection, Log log) throws SQLException {
    Optional<Block> last = BlockStore.last(connection, log.name());
    TreeHead sealed = last.map(Block::head).orElse(TreeHead.EMPTY);
    TreeHead head = storedHead(connection, log.name());
    if (head.equals(sealed)) {
      return Optional.empty();
    }
    if (head.size() <= sealed.size()) {
      throw new SelfCheckException("head " + head + " is not behind the signed " + sealed);
    }
    requireSecondOpinion(connection, log.name(), sealed, head);
    return Optional.of(
        new Draft(
            last, head, TokenSeal.digest(connection, log.name(), sealed.size(), head.size())));
  }

  private static TreeHead storedHead(Connection connection, String log) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT size, root FROM log_head WHERE log = ?")) {
      select.setString(1, log);
      ResultSet row = select.executeQuery();
      row.next();
      return new TreeHead(row.getLong(1), Hash.of(row.getBytes(2)));
    }
  }

  /// The writer computed the head from the entries as they arrived. Here the root is computed again
  /// from the bytes as they were stored, and again from the tiles, and all three have to agree;
  /// then the signed past is proved to be a prefix.
  private static void requireSecondOpinion(
      Connection connection, String log, TreeHead sealed, TreeHead head) throws SQLException {
    StoredNodes nodes = new StoredNodes(connection, log);
    CompactRange signed = nodes.range(sealed.size());
    requireEqual(log, "the tiles under the last block", sealed, signed.head());
    CompactRange whole = signed.append(leafHashes(connection, log, sealed.size(), head.size()));
    requireEqual(log, "the stored entries", head, whole.head());
    requireEqual(log, "the tiles", head, Proofs.head(head.size(), nodes));
    ConsistencyProof proof = Proofs.consistency(sealed.size(), head.size(), nodes);
    if (!proof.verify(sealed, head)) {
      throw new SelfCheckException(log + ": " + head + " does not extend the signed " + sealed);
    }
  }

  private static void requireEqual(String log, String source, TreeHead expected, TreeHead found) {
    if (!found.equals(expected)) {
      throw new SelfCheckException(log + ": " + source + " hash to " + found + ", not " + expected);
    }
  }

  private static List<Hash> leafHashes(Connection connection, String log, long start, long end)
      throws SQLException {
    String sql = "SELECT bytes FROM entry WHERE log = ? AND idx >= ? AND idx < ? ORDER BY idx";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(256);
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet rows = select.executeQuery();
      List<Hash> hashes = new ArrayList<>();
      while (rows.next()) {
        hashes.add(Hash.leaf(rows.getBytes(1)));
      }
      return hashes;
    }
  }

  private Block sign(Log log, Draft draft) {
    // Whole seconds, so that the row says exactly what the signature says.
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant before = draft.last().map(Block::sealedAt).orElse(Instant.EPOCH);
    if (now.isBefore(before)) {
      throw new ClockException(log.name() + ": it is " + now + ", but " + before + " is signed");
    }
    return new Block(
        draft.last().map(block -> block.number() + 1).orElse(0L),
        draft.last().map(Block::end).orElse(0L),
        draft.head(),
        CheckpointSigner.sign(log, draft.head(), now).print(),
        now,
        Optional.empty());
  }

  private static boolean insert(Connection connection, Log log, Block block, TokenSeal seal)
      throws SQLException {
    return BlockStore.insert(connection, log.name(), block)
        && seal.insert(connection, log.name(), block.number());
  }
}
