package dev.indelible.ledger.key;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.KeyMissingException;
import dev.indelible.ledger.LogKeys;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.SelfCheckException;
import dev.indelible.transparency.note.VerifierKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The keys of a log whose entries say which of them sign. What has been read of the entries once
/// is remembered and never read again: entries do not change, and rows that do are not believed.
final class StoredKeys implements LogKeys {
  private final String log;
  private final String origin;
  private final List<Generation> held;
  private final Transactions transactions;
  private KeyHistory history = KeyHistory.NONE;
  private long examined;

  StoredKeys(String log, String origin, List<Generation> held, Transactions transactions) {
    this.log = log;
    this.origin = origin;
    this.held = List.copyOf(held);
    this.transactions = transactions;
  }

  @Override
  public List<Generation> held() {
    return held;
  }

  @Override
  public List<Generation> signing(long size) {
    List<KeyTerm> terms = history(size).inForce(size);
    return terms.isEmpty() ? List.of(first()) : terms.stream().map(this::held).toList();
  }

  @Override
  public List<VerifierKey> verifying(long size) {
    List<KeyTerm> terms = history(size).inForce(size);
    return terms.isEmpty() ? first().keys() : terms.getLast().keys();
  }

  @Override
  public synchronized Generation newest() {
    return signing(examined).getLast();
  }

  /// @throws SelfCheckException when a row is not what its entry commits to
  @Override
  public synchronized void read(Connection connection, long size) throws SQLException {
    if (examined < size) {
      for (OwnEntries.Row row : OwnEntries.read(connection, log, examined, size)) {
        history = history.with(origin, row.opened().orElseThrow(() -> contradiction(row)));
      }
      examined = size;
    }
  }

  /// What the first `size` entries say, and perhaps more. Asked with every block: one question.
  synchronized KeyHistory history(long size) {
    if (examined < size) {
      try {
        transactions.query(
            connection -> {
              read(connection, size);
              return true;
            });
      } catch (SQLException e) {
        throw new IllegalStateException("the database did not answer", e);
      }
    }
    return history;
  }

  private SelfCheckException contradiction(OwnEntries.Row row) {
    return new SelfCheckException(
        "%s: statement %d is not what its entry commits to".formatted(log, row.index()));
  }

  /// A log without entries begins with its first keys.
  private Generation first() {
    return held.stream()
        .filter(generation -> generation.number() == 1)
        .findFirst()
        .orElseThrow(() -> new KeyMissingException(log, 1));
  }

  private Generation held(KeyTerm term) {
    return held.stream()
        .filter(generation -> generation.number() == term.generation())
        .filter(generation -> generation.keys().equals(term.keys()))
        .findFirst()
        .orElseThrow(() -> new KeyMissingException(log, term.generation()));
  }
}
