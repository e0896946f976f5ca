package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.kit.audit.Difference;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table `erasure`, for the audit: every row as the service sealed it, and one for each
/// tombstone.
@ApplicationScoped
@IfBuildProperty(name = "indelible.erasure.enabled", stringValue = "true")
class SealedErasures implements SealedRows {
  private final ErasureStore store;
  private final Issuer issuer;

  @Inject
  SealedErasures(ErasureStore store, Issuer issuer) {
    this.store = store;
    this.issuer = issuer;
  }

  @Override
  public List<Difference> changed() {
    List<StoredErasure> rows = store.erasures();
    List<Difference> differences = new ArrayList<>();
    for (StoredErasure row : rows) {
      for (String column : row.changed(issuer)) {
        differences.add(difference(row.key().record(), column, "is not what the service wrote"));
      }
    }
    Set<UUID> known = rows.stream().map(row -> row.key().record()).collect(Collectors.toSet());
    store.tombstones().stream()
        .map(Tombstone::record)
        .filter(record -> !known.contains(record))
        .forEach(record -> differences.add(difference(record, null, "row was deleted")));
    return differences;
  }

  private static Difference difference(UUID record, @Nullable String column, String message) {
    return new Difference(
        StoredErasure.TABLE, record.toString(), column, null, null, null, message);
  }
}
