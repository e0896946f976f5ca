package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.kit.audit.Difference;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.stream.Stream;
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
  public Stream<Difference> changed() {
    return Stream.concat(
        store.erasures().flatMap(this::changed),
        store.erasedUnasked().map(record -> difference(record, null, "row was deleted")));
  }

  private Stream<Difference> changed(StoredErasure row) {
    return row.changed(issuer).stream()
        .map(column -> difference(row.key().record(), column, "is not what the service wrote"));
  }

  private static Difference difference(UUID record, @Nullable String column, String message) {
    return new Difference(
        StoredErasure.TABLE, record.toString(), column, null, null, null, message);
  }
}
