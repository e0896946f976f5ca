package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LedgerClient;
import dev.indelible.anchoring.LedgerUnavailableException;
import dev.indelible.anchoring.Openings;
import dev.indelible.anchoring.RelayStep;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Takes erasures from step to step, each in one transaction of the relay.
///
/// First everything here is destroyed and the tombstone queued, in one transaction: a crash leaves
/// all of the record or nothing of it. What of the record still waits in the outbox is before the
/// tombstone and goes without tokens. Then, with the tombstone in the log, the ledger is asked to
/// erase the tokens; a crash after its answer asks once more, which erases nothing more.
@ApplicationScoped
@IfBuildProperty(name = "indelible.erasure.enabled", stringValue = "true")
class AdvanceErasures implements RelayStep {
  private static final Logger LOG = Logger.getLogger(AdvanceErasures.class);

  private final ErasureStore store;
  private final ErasableRecords records;
  private final Holds holds;
  private final Openings openings;
  private final Anchor anchor;
  private final LedgerClient ledger;
  private final Issuer issuer;
  private final AnchoringConfig config;
  private final Clock clock;

  @Inject
  AdvanceErasures(
      ErasureStore store,
      ErasableRecords records,
      Holds holds,
      Openings openings,
      Anchor anchor,
      LedgerClient ledger,
      Issuer issuer,
      AnchoringConfig config,
      Clock clock) {
    this.store = store;
    this.records = records;
    this.holds = holds;
    this.openings = openings;
    this.anchor = anchor;
    this.ledger = ledger;
    this.issuer = issuer;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public boolean advance() {
    Optional<StoredErasure> due = store.due(clock.instant());
    return due.isPresent() && advance(due.get());
  }

  private boolean advance(StoredErasure row) {
    store.lock(row.key().record());
    List<String> changed = row.changed(issuer);
    if (!changed.isEmpty()) {
      LOG.errorf("the erasure of %s is not as requested: %s", row.key().record(), changed);
      return postpone(row, "not as it was requested: " + changed);
    }
    if (row.statements().isPresent()) {
      return eraseTokens(row, row.statements().get());
    }
    return holds.inForce(row.key().record()).isPresent()
        ? postpone(row, "a hold is in force")
        : destroy(row);
  }

  private boolean destroy(StoredErasure row) {
    RecordKey key = row.key();
    List<UUID> statements = records.delete(key);
    openings.destroy(key.record(), statements);
    Tombstone tombstone =
        new Tombstone(
            UUID.randomUUID(),
            key.record(),
            key.organisation(),
            openings.entries(statements),
            row.basis(),
            clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
    store.insert(tombstone);
    store.advanced(row.destroyed(issuer, statements));
    anchor.enqueue(
        new AnchorRequest(
                tombstone.id(),
                tombstone.record(),
                tombstone.organisation(),
                tombstone.statement(),
                List.of())
            .outlivingRecord());
    return true;
  }

  private boolean eraseTokens(StoredErasure row, List<UUID> statements) {
    UUID record = row.key().record();
    Optional<Long> tombstone =
        store.tombstone(record).map(found -> List.of(found.id())).stream()
            .flatMap(id -> openings.leaves(id).stream())
            .findFirst();
    if (tombstone.isEmpty()) {
      return postpone(row, "the tombstone is not in the log");
    }
    // What came behind the tombstone came without tokens.
    List<Long> leaves =
        openings.leaves(statements).stream().filter(leaf -> leaf < tombstone.get()).toList();
    try {
      if (!leaves.isEmpty()) {
        ledger.eraseTokens(tombstone.get(), leaves);
      }
      store.advanced(row.finished(issuer));
      return true;
    } catch (LedgerUnavailableException e) {
      return postpone(row, String.valueOf(e.getMessage()));
    }
  }

  private boolean postpone(StoredErasure row, String reason) {
    store.postpone(row.key().record(), clock.instant().plus(config.longestBackOff()), reason);
    return false;
  }
}
