package dev.indelible.ledger.head;

import dev.indelible.ledger.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/// Reads that commit something. When the commit returns cleanly, what was read is durable, and it
/// was read where the log is written: no former primary gets that far.
@ApplicationScoped
public class DurableReads {
  private final Transactions transactions;

  DurableReads(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Runs statements each of which sees what is committed by its time, and commits.
  public <T> T read(String log, Transactions.Work<T> work) throws SQLException {
    return transactions.write(
        connection -> {
          HeadStore.barrier(connection, log);
          return work.on(connection);
        });
  }
}
