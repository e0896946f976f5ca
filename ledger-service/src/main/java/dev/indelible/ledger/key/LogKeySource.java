package dev.indelible.ledger.key;

import dev.indelible.ledger.KeySource;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.LogKeys;
import dev.indelible.ledger.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Brings the keys that this process has together with what the logs say about them.
@ApplicationScoped
class LogKeySource implements KeySource {
  private final KeyFolder folder;
  private final Transactions transactions;
  private final Map<String, StoredKeys> byLog = new ConcurrentHashMap<>();

  LogKeySource(KeyFolder folder, Transactions transactions) {
    this.folder = folder;
    this.transactions = transactions;
  }

  @Override
  public LogKeys of(String log, String origin) {
    return byLog.computeIfAbsent(
        log, name -> new StoredKeys(name, origin, folder.read(name, origin), transactions));
  }

  StoredKeys stored(Log log) {
    return Objects.requireNonNull(byLog.get(log.name()));
  }
}
