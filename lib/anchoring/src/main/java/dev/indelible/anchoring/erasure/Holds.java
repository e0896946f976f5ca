package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Legal holds (GDPR, article 17(3)(b) and (e)): while one is in force a record cannot be erased.
/// Everything that is said about holding a record is a statement in the log.
@ApplicationScoped
public class Holds {
  private final ErasureStore store;
  private final Anchor anchor;
  private final Clock clock;

  @Inject
  Holds(ErasureStore store, Anchor anchor, Clock clock) {
    this.store = store;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// A hold as callers see it.
  public record Hold(String reason, String heldAt) {}

  /// Places a hold. One that comes after an erasure was asked for, and before anything was
  /// destroyed, still stops it.
  ///
  /// @throws Rejection when there is one, or nothing left to hold
  @Transactional
  public Hold place(RecordKey key, Code reason, String by) {
    store.lock(key.record());
    if (store.tombstone(key.record()).isPresent()) {
      throw Rejection.of(ErasureProblem.RECORD_ERASED, "There is nothing left to hold.");
    }
    if (inForce(key.record()).isPresent()) {
      throw Rejection.of(ErasureProblem.HOLD_CONFLICT, "A hold is in force already.");
    }
    HoldEvent event = say(key, HoldEvent.HELD, reason, by);
    return new Hold(event.reason(), event.saidAt());
  }

  /// Releases the hold.
  ///
  /// @throws Rejection when there is none
  @Transactional
  public void release(RecordKey key, Code reason, String by) {
    store.lock(key.record());
    if (inForce(key.record()).isEmpty()) {
      throw Rejection.of(ErasureProblem.HOLD_CONFLICT, "No hold is in force.");
    }
    var ignored = say(key, HoldEvent.RELEASED, reason, by);
  }

  /// The hold in force.
  Optional<HoldEvent> inForce(UUID record) {
    List<HoldEvent> events =
        store.events(record).stream()
            .filter(event -> !event.kind().equals(HoldEvent.REFUSED))
            .toList();
    return events.isEmpty() || events.getLast().kind().equals(HoldEvent.RELEASED)
        ? Optional.empty()
        : Optional.of(events.getLast());
  }

  /// Stores and anchors what is said, in the transaction at hand, with the record locked.
  HoldEvent say(RecordKey key, String kind, Code reason, String by) {
    HoldEvent event =
        new HoldEvent(
            UUID.randomUUID(),
            key.record(),
            key.organisation(),
            store.events(key.record()).size() + 1,
            kind,
            reason.value(),
            by,
            clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
    store.insert(event);
    anchor.enqueue(
        new AnchorRequest(
                event.id(), event.record(), event.organisation(), event.statement(), List.of())
            .outlivingRecord());
    return event;
  }
}
