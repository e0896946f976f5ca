package dev.indelible.ledger.token;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.ErasureStore;
import dev.indelible.ledger.block.ErasureStore.Named;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.log.EntryStore;
import dev.indelible.ledger.log.MatchToken;
import dev.indelible.ledger.log.TokenChanges;
import dev.indelible.transparency.note.NoteSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Gives entries that are in the log the tokens of a new key epoch. Until every entry has them, new
/// submissions carry tokens of both epochs; then the old epoch can be erased.
@ApplicationScoped
public class RekeyEntries {
  private final Transactions transactions;
  private final SealKey key;

  RekeyEntries(Transactions transactions, SealKey key) {
    this.transactions = transactions;
    this.key = key;
  }

  /// New tokens of one entry.
  ///
  /// @param index its leaf index
  public record Item(long index, List<MatchToken> tokens) {
    public Item {
      tokens = List.copyOf(tokens);
    }
  }

  /// What became of an item.
  public enum Outcome {
    /// The entry has the tokens now, or had them before.
    ADDED,
    /// Another entry has one of the unique ones; the entry got none of them.
    DUPLICATE,
    /// The entry's record has a tombstone.
    ERASED,
    /// No block holds such an entry yet.
    MISSING
  }

  /// An item's outcome.
  ///
  /// @param original the entry that has the unique token, when it is a duplicate
  public record Result(long index, Outcome outcome, OptionalLong original) {
    static Result of(Item item, Outcome outcome) {
      return new Result(item.index(), outcome, OptionalLong.empty());
    }
  }

  /// Adds the tokens, all items in one transaction; an item that cannot be done changes nothing.
  public List<Result> add(Log log, List<Item> items) throws SQLException {
    NoteSigner signer = key.of(log);
    return transactions.write(connection -> add(connection, log, signer, items));
  }

  private static List<Result> add(
      Connection connection, Log log, NoteSigner signer, List<Item> items) throws SQLException {
    HeadStore.rekey(connection, log.name());
    List<Long> leaves = items.stream().map(Item::index).toList();
    OpenSeals seals = OpenSeals.lock(connection, log, leaves);
    // Names after the locks: an erasure of the record holds one of them.
    Map<Long, Named> names = EntryStore.find(connection, log.name(), leaves, Named::in);
    List<Result> results = new ArrayList<>();
    for (Item item : items) {
      Named named = names.get(item.index());
      if (named == null || !seals.contains(item.index())) {
        results.add(Result.of(item, Outcome.MISSING));
      } else if (ErasureStore.contains(connection, log.name(), named)) {
        results.add(Result.of(item, Outcome.ERASED));
      } else {
        results.add(add(connection, log, item));
      }
    }
    seals.renew(signer);
    return results;
  }

  private static Result add(Connection connection, Log log, Item item) throws SQLException {
    Savepoint before = connection.setSavepoint();
    OptionalLong original = TokenChanges.add(connection, log.name(), item.index(), item.tokens());
    if (original.isPresent()) {
      connection.rollback(before);
      return new Result(item.index(), Outcome.DUPLICATE, original);
    }
    connection.releaseSavepoint(before);
    return Result.of(item, Outcome.ADDED);
  }
}
