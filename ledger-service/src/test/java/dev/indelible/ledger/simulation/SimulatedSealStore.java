package dev.indelible.ledger.simulation;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.SealStore;
import dev.indelible.ledger.block.TokenSeal;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.ledger.simulation.Session.Change;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What `SqlSealStore` does with its statements, done with rows.
final class SimulatedSealStore implements SealStore {
  private final Surroundings around;
  private final Session session;

  SimulatedSealStore(Surroundings around, Session session) {
    this.around = around;
    this.session = session;
  }

  @Override
  public Optional<Block> last(Log log) throws SQLException {
    return session.read("last", connection -> connection.rows().sealed().last());
  }

  @Override
  public Hash tokens(Log log, long start, long end) throws SQLException {
    return session.read(
        "tokens",
        connection -> {
          List<Submission> entries = connection.rows().head().entries();
          long from = Math.min(start, entries.size());
          long to = Math.min(end, entries.size());
          return WriterUnderTest.tokens(from, entries.subList((int) from, (int) to));
        });
  }

  /// Several statements without a common snapshot.
  @Override
  public <T> T read(Log log, long epoch, TreeHead from, TreeHead to, Function<Stored, T> check)
      throws SQLException {
    return session.check(
        "read",
        connection -> {
          session.pause("inside read");
          Rows.Head rows = connection.rows().head();
          int end = Math.min((int) to.size(), rows.entries().size());
          int start = Math.min((int) from.size(), end);
          List<Hash> leafHashes =
              rows.entries().subList(start, end).stream().map(Submission::leafHash).toList();
          return check.apply(new Stored(leafHashes, rows.tiles()));
        },
        connection -> SimulatedLogStore.confirmed(connection, epoch));
  }

  @Override
  public boolean insert(Log log, Block block, TokenSeal seal) throws SQLException {
    return session.write(
        "insert block " + block.number() + " of " + block.end(),
        connection -> {
          Rows rows = connection.rows();
          boolean isFree = isFree(rows.sealed().byNumber(), block);
          return new Change<>(isFree, isFree ? rows.with(rows.sealed().with(block)) : rows);
        });
  }

  private static boolean isFree(Map<Long, Block> blocks, Block block) {
    Block before = blocks.get(block.number() - 1);
    boolean follows = block.number() == 0 || (before != null && before.end() == block.start());
    return follows && !blocks.containsKey(block.number());
  }
}
