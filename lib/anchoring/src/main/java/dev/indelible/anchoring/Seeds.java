package dev.indelible.anchoring;

import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.anchoring.encryption.StoredKey;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Opening;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decrypts seeds.
@ApplicationScoped
class Seeds {
  private final RecordKeys keys;

  @Inject
  Seeds(RecordKeys keys) {
    this.keys = keys;
  }

  /// The seed of each of these statements, by the statement's id.
  Map<UUID, Seed> read(Collection<StoredStatement> statements) {
    Set<UUID> wanted = new LinkedHashSet<>();
    statements.forEach(statement -> wanted.addAll(candidates(statement)));
    Map<UUID, StoredKey> found = keys.find(wanted);
    Map<UUID, Seed> seeds = new HashMap<>();
    statements.forEach(statement -> seeds.put(statement.id(), read(statement, found)));
    return seeds;
  }

  private Seed read(StoredStatement statement, Map<UUID, StoredKey> found) {
    Bytes seed = statement.seed();
    if (seed == null) {
      return new Seed.Erased();
    }
    for (UUID id : candidates(statement)) {
      Optional<Opening> opening =
          Optional.ofNullable(found.get(id))
              .flatMap(keys::unwrap)
              .flatMap(key -> decrypt(statement.id(), key, seed));
      if (opening.isPresent()) {
        return new Seed.Opened(opening.get(), id);
      }
    }
    return locked(statement, found.get(statement.keyId()));
  }

  /// The key that the row names first; then those that it could have named before somebody made it
  /// name another.
  private static Set<UUID> candidates(StoredStatement statement) {
    Set<UUID> ids = new LinkedHashSet<>();
    ids.add(statement.keyId());
    ids.add(statement.id());
    record(statement).ifPresent(ids::add);
    return ids;
  }

  private static Optional<UUID> record(StoredStatement statement) {
    try {
      return Issuer.recordOf(Entry.parse(statement.entry().toArray()).subject());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Opening> decrypt(UUID statement, DataKey key, Bytes seed) {
    return key.decrypt(StoredStatement.seedCell(statement), seed)
        .filter(bytes -> bytes.length == Opening.LENGTH)
        .map(Opening::of);
  }

  private Seed.Locked locked(StoredStatement statement, @Nullable StoredKey key) {
    Cell cell = StoredStatement.seedCell(statement.id());
    return keys.damage(statement.keyId(), key, statement.organisation())
        .map(d -> new Seed.Locked(d.table(), d.row(), d.field(), d.message()))
        .orElseGet(
            () ->
                new Seed.Locked(
                    cell.table(), cell.row(), cell.column(), "is damaged: it cannot be decrypted"));
  }
}
