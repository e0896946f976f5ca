package dev.indelible.ledger.simulation;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.SealStore;
import dev.indelible.ledger.block.TokenSeal;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.log.WriterUnderTest;
import dev.indelible.ledger.simulation.Cluster.Connection;
import dev.indelible.ledger.simulation.Session.Change;
import dev.indelible.ledger.simulation.Surroundings.Rule;
import dev.indelible.transparency.TreeHead;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
  public Optional<Unsealed> unsealed(Log log, TreeHead head) throws SQLException {
    return session.read(
        "unsealed",
        connection -> {
          TreeHead read = connection.rows().head().range().head();
          return unsealed(connection, around.rules().keep(Rule.OWN_HEAD) ? head : read);
        });
  }

  /// Several statements without a common snapshot.
  private Optional<Unsealed> unsealed(Connection connection, TreeHead head) throws SQLException {
    Optional<Block> last = connection.rows().sealed().last();
    TreeHead sealed = last.map(Block::head).orElse(TreeHead.EMPTY);
    if (head.size() <= sealed.size()) {
      return Optional.empty();
    }
    session.pause("inside unsealed");
    Rows.Head rows = connection.rows().head();
    int end = Math.min((int) head.size(), rows.entries().size());
    int start = Math.min((int) sealed.size(), end);
    List<Submission> entries = rows.entries().subList(start, end);
    return Optional.of(
        new Unsealed(
            last,
            head,
            entries.stream().map(Submission::leafHash).toList(),
            rows.tiles(),
            WriterUnderTest.tokens(entries)));
  }

  @Override
  public boolean insert(Log log, Block block, TokenSeal seal) throws SQLException {
    return session.write(
        "insert block " + block.number() + " of " + block.end(),
        connection -> {
          Rows rows = connection.rows();
          boolean isFree = !rows.sealed().byNumber().containsKey(block.number());
          return new Change<>(isFree, isFree ? rows.with(rows.sealed().with(block)) : rows);
        });
  }
}
