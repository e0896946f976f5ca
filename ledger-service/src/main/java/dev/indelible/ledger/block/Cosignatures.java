package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table `cosignature`, and the moment at which a block has its quorum.
@ApplicationScoped
public class Cosignatures {
  private final Transactions transactions;
  private final Event<BlockWitnessed> witnessed;

  Cosignatures(Transactions transactions, Event<BlockWitnessed> witnessed) {
    this.transactions = transactions;
    this.witnessed = witnessed;
  }

  /// Keeps a cosignature that the caller has verified.
  ///
  /// One that comes after a newer block got its quorum is dropped: were the older block witnessed
  /// now, the receipts that point at the newer one would change. So is one on a block that is not
  /// ours: over a connection to a former primary we may have told the witness of a block that was
  /// lost.
  public void add(Log log, Block block, String witness, NoteSignature line) throws SQLException {
    Optional<Block> settled =
        transactions.write(
            connection -> {
              lock(connection, log.name());
              if (isSuperseded(connection, log.name(), block)
                  || !isStored(connection, log.name(), block)) {
                return Optional.empty();
              }
              insert(connection, log.name(), block, witness, line);
              return settle(connection, log, block.number());
            });
    settled.ifPresent(its -> witnessed.fire(new BlockWitnessed(log, its)));
  }

  /// One at a time per log, over all processes; released with the transaction.
  private static void lock(Connection connection, String log) throws SQLException {
    String sql = "SELECT pg_advisory_xact_lock(hashtextextended('cosignature/' || ?, 0))";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.executeQuery();
    }
  }

  private static boolean isSuperseded(Connection connection, String log, Block block)
      throws SQLException {
    return BlockStore.lastWitnessed(connection, log)
        .filter(newest -> newest.number() > block.number())
        .isPresent();
  }

  private static boolean isStored(Connection connection, String log, Block block)
      throws SQLException {
    return BlockStore.find(connection, log, block.number())
        .filter(stored -> stored.head().equals(block.head()))
        .isPresent();
  }

  private static void insert(
      Connection connection, String log, Block block, String witness, NoteSignature line)
      throws SQLException {
    String sql =
        "INSERT INTO cosignature (log, block, witness, line) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (log, block, witness) DO NOTHING";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, log);
      insert.setLong(2, block.number());
      insert.setString(3, witness);
      insert.setString(4, line.line());
      insert.executeUpdate();
    }
  }

  /// The block, if it has its quorum by this cosignature.
  private static Optional<Block> settle(Connection connection, Log log, long number)
      throws SQLException {
    Block block = BlockStore.find(connection, log.name(), number).orElseThrow();
    SignedNote cosigned = cosigned(connection, log.name(), block);
    if (block.witnessedNote().isPresent() || !hasQuorum(log, cosigned)) {
      return Optional.empty();
    }
    String note = cosigned.print();
    String sql =
        "UPDATE block SET witnessed_note = ?"
            + " WHERE log = ? AND number = ? AND witnessed_note IS NULL";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, note);
      update.setString(2, log.name());
      update.setLong(3, number);
      return update.executeUpdate() == 1 ? Optional.of(block.witnessed(note)) : Optional.empty();
    }
  }

  /// Whether enough witnesses of the log's policy cosigned. A policy that asks for none makes no
  /// block witnessed.
  public static boolean hasQuorum(Log log, SignedNote note) {
    try {
      OpenedCheckpoint opened = log.policy().open(note);
      return opened.witnessed() && !opened.cosignatures().isEmpty();
    } catch (VerificationException e) {
      return false;
    }
  }

  /// The block's checkpoint with all cosignatures it has so far.
  public static SignedNote cosigned(Connection connection, String log, Block block)
      throws SQLException {
    StringBuilder lines = new StringBuilder(block.note());
    lines(connection, log, block.number()).forEach(line -> lines.append(line.text()));
    return SignedNote.parse(lines.toString());
  }

  /// A row of the table.
  ///
  /// @param witness name in the policy
  /// @param text the signature line, with its line feed
  public record Line(String witness, String text) {}

  /// The cosignatures of a block, by witness.
  public static List<Line> lines(Connection connection, String log, long number)
      throws SQLException {
    String sql =
        "SELECT witness, line FROM cosignature WHERE log = ? AND block = ? ORDER BY witness";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, number);
      ResultSet rows = select.executeQuery();
      List<Line> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(new Line(rows.getString(1), rows.getString(2)));
      }
      return lines;
    }
  }
}
