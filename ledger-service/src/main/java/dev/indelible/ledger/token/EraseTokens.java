package dev.indelible.ledger.token;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.ErasureStore;
import dev.indelible.ledger.block.ErasureStore.Erasure;
import dev.indelible.ledger.block.ErasureStore.Named;
import dev.indelible.ledger.log.EntryStore;
import dev.indelible.ledger.log.TokenChanges;
import dev.indelible.transparency.note.NoteSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Erases what stands beside the entries of a record that has a tombstone in the log.
///
/// The log cannot open the tombstone; it takes the submitter's word that the entry is one, and
/// checks that it speaks of the very record: same issuer, same subject, and later. Any process may
/// do this, since neither entries nor the head are touched.
@ApplicationScoped
public class EraseTokens {
  private final Transactions transactions;
  private final SealKey key;

  EraseTokens(Transactions transactions, SealKey key) {
    this.transactions = transactions;
    this.key = key;
  }

  /// Erases the tokens of these entries; doing it again erases nothing more.
  ///
  /// @return how many tokens there were
  /// @throws Rejection when the tombstone does not stand for one of the entries
  public int erase(Log log, long tombstone, List<Long> entries) throws SQLException {
    NoteSigner signer = key.of(log);
    return transactions.write(connection -> erase(connection, log, signer, tombstone, entries));
  }

  private static int erase(
      Connection connection, Log log, NoteSigner signer, long tombstone, List<Long> entries)
      throws SQLException {
    List<Long> leaves = new ArrayList<>(entries);
    leaves.add(tombstone);
    Named named = requireOneRecord(connection, log, tombstone, leaves);
    OpenSeals seals = OpenSeals.lock(connection, log, leaves);
    for (long leaf : leaves) {
      if (!seals.contains(leaf)) {
        throw refusal("No block holds the entry " + leaf + " yet.");
      }
    }
    ErasureStore.insert(connection, log.name(), new Erasure(tombstone, named));
    int erased = TokenChanges.erase(connection, log.name(), entries);
    seals.renew(signer);
    return erased;
  }

  private static Named requireOneRecord(
      Connection connection, Log log, long tombstone, List<Long> leaves) throws SQLException {
    Map<Long, Named> names = EntryStore.find(connection, log.name(), leaves, Named::in);
    Named named = names.get(tombstone);
    if (named == null) {
      throw refusal("There is no entry " + tombstone + ".");
    }
    for (long leaf : leaves) {
      if (leaf > tombstone || !named.equals(names.get(leaf))) {
        throw refusal("The entry " + leaf + " is not an earlier one of the tombstone's record.");
      }
    }
    if (named.issuer().equals(log.issuer())) {
      throw refusal("What the log says of itself cannot be erased.");
    }
    return named;
  }

  private static Rejection refusal(String detail) {
    return Rejection.of(LedgerProblem.WRONG_TOMBSTONE, detail);
  }
}
