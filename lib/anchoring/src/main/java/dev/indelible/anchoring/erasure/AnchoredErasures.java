package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Stream;

/// All tombstones and holds, for the audit.
@ApplicationScoped
@IfBuildProperty(name = "indelible.erasure.enabled", stringValue = "true")
class AnchoredErasures implements AnchoredRecords {
  private final ErasureStore store;

  @Inject
  AnchoredErasures(ErasureStore store) {
    this.store = store;
  }

  @Override
  public String[] tables() {
    return new String[] {Tombstone.TABLE, HoldEvent.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return Stream.concat(
        store.tombstones().map(Tombstone::live), store.events().map(HoldEvent::live));
  }
}
