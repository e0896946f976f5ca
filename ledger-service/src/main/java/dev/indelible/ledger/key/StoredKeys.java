package dev.indelible.ledger.key;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.LogKeys;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.SelfCheckException;
import dev.indelible.transparency.note.VerifierKey;
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

  /// What the first `size` entries say, and perhaps more.
  ///
  /// @throws SelfCheckException when a row is not what its entry commits to
  synchronized KeyHistory history(long size) {
    if (examined < size) {
      for (OwnEntries.Row row : read(size)) {
        history = history.with(origin, row.opened().orElseThrow(() -> contradiction(row)));
      }
      examined = size;
    }
    return history;
  }

  private List<OwnEntries.Row> read(long size) {
    try {
      return transactions.query(connection -> OwnEntries.read(connection, log, examined, size));
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
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
        .orElseThrow(() -> missing(1));
  }

  private Generation held(KeyTerm term) {
    return held.stream()
        .filter(generation -> generation.number() == term.generation())
        .filter(generation -> generation.keys().equals(term.keys()))
        .findFirst()
        .orElseThrow(() -> missing(term.generation()));
  }

  private IllegalStateException missing(int generation) {
    return new IllegalStateException(
        "log %s: generation %d of its keys is not here, or is another".formatted(log, generation));
  }
}
