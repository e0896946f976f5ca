package dev.indelible.ledger.block;

import dev.indelible.ledger.Transactions;
import jakarta.enterprise.event.Event;

/// What a writer keeps its blocks in, over transactions of a test's choice.
public final class StoresUnderTest {
  private StoresUnderTest() {}

  /// The tables `block` and `token_seal`.
  public static SealStore seals(Transactions transactions) {
    return new SqlSealStore(transactions);
  }

  /// The table `cosignature`, and `block.witnessed_note`.
  public static Cosignatures cosignatures(
      Transactions transactions, Event<BlockWitnessed> witnessed) {
    return new Cosignatures(transactions, witnessed);
  }
}
