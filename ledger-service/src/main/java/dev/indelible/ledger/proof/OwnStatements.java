package dev.indelible.ledger.proof;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.Scalar;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Disclosure;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the log says about itself, disclosed to everyone in full.
@ApplicationScoped
public class OwnStatements {
  private final Transactions transactions;

  OwnStatements(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The document for the log's own entry at this index, if that is one and a block holds it.
  public Optional<Disclosure> find(Log log, long index) {
    return transactions.read(
        connection ->
            BlockStore.holding(connection, log.name(), index).isEmpty()
                ? Optional.empty()
                : disclosure(connection, log.name(), index));
  }

  private static Optional<Disclosure> disclosure(Connection connection, String log, long index)
      throws SQLException {
    String sql =
        "SELECT s.statement, s.seed, e.bytes FROM log_statement s"
            + " JOIN entry e ON e.log = s.log AND e.idx = s.idx WHERE s.log = ? AND s.idx = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, index);
      ResultSet row = select.executeQuery();
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          Disclosure.of(
              Entry.parse(row.getBytes(3)),
              parse(row.getString(1)),
              Opening.of(row.getBytes(2)),
              pointer -> true));
    }
  }

  /// Reads a statement back from canonical JSON.
  public static Statement parse(String canonical) {
    Map<String, Json> members =
        JsonReader.readObject(canonical.getBytes(StandardCharsets.UTF_8)).members();
    TreeMap<String, Scalar> fields = new TreeMap<>();
    members.forEach((pointer, value) -> fields.put(pointer, (Scalar) value));
    return new Statement(fields);
  }
}
