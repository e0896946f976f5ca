package dev.indelible.anchoring.encryption;

import dev.indelible.anchoring.RelayStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Wraps under the current key-encryption key what is still under older ones, some data keys in
/// each transaction of the relay. Which are left the rows say, so a crash costs one transaction.
@ApplicationScoped
class RewrapKeys implements RelayStep {
  private static final UUID FIRST = new UUID(0, 0);
  private static final int BATCH = 200;

  private final RecordKeys keys;
  private final KeyEncryption keks;
  private volatile UUID last = FIRST;

  @Inject
  RewrapKeys(RecordKeys keys, KeyEncryption keks) {
    this.keys = keys;
    this.keks = keks;
  }

  /// Goes round and round: another process may not know the current key yet, and what somebody
  /// damaged, which the audit names, must not keep the others waiting.
  @Override
  public boolean advance() {
    if (keks.older().isEmpty()) {
      return false;
    }
    List<StoredKey> some = keys.older(last, BATCH);
    some.forEach(keys::rewrap);
    last = some.isEmpty() ? FIRST : some.getLast().id();
    return !some.isEmpty();
  }
}
