package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.AnchorState;
import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Issuer;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// Erasures as callers ask for them and hear of them. [AdvanceErasures] does the work.
@ApplicationScoped
public class Erasures {
  private final ErasureStore store;
  private final Holds holds;
  private final Anchors anchors;
  private final Issuer issuer;
  private final Clock clock;

  @Inject
  Erasures(ErasureStore store, Holds holds, Anchors anchors, Issuer issuer, Clock clock) {
    this.store = store;
    this.holds = holds;
    this.anchors = anchors;
    this.issuer = issuer;
    this.clock = clock;
  }

  /// What became of a request.
  public sealed interface Outcome {}

  /// The erasure is on its way.
  ///
  /// @param isNew whether it was not before this request
  public record Accepted(ErasureState state, boolean isNew) implements Outcome {}

  /// A hold forbids it. That this was asked is a statement by now, so the caller must not roll
  /// back.
  public record Refused(String reason) implements Outcome {}

  /// How far an erasure has come.
  ///
  /// @param tombstone where the tombstone is in the log, once there is one
  public record Progress(
      ErasureState state, String basis, String requestedAt, Optional<AnchorState> tombstone) {}

  /// Asks for an erasure, in the transaction at hand. Asking again changes nothing.
  @Transactional
  public Outcome request(RecordKey key, Code basis, String by) {
    store.lock(key.record());
    Optional<StoredErasure> earlier = store.find(key.record());
    if (earlier.isPresent()) {
      return new Accepted(earlier.get().state(), false);
    }
    Optional<HoldEvent> hold = holds.inForce(key.record());
    if (hold.isPresent()) {
      var ignored = holds.say(key, HoldEvent.REFUSED, basis, by);
      return new Refused(hold.get().reason());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    store.insert(StoredErasure.requested(issuer, key, basis.value(), by, now.toString()), now);
    return new Accepted(ErasureState.REQUESTED, true);
  }

  /// How far the erasure of an organisation's record has come, if one was asked for.
  public Optional<Progress> find(UUID row, String organisation) {
    return store
        .findByRow(row, organisation)
        .map(
            erasure ->
                new Progress(
                    erasure.state(),
                    erasure.basis(),
                    erasure.at(),
                    store
                        .tombstone(erasure.key().record())
                        .map(tombstone -> anchors.state(tombstone.id()))));
  }

  /// The tombstone of an organisation's record, once there is one: all that can still be proved.
  public Optional<Tombstone> tombstone(UUID row, String organisation) {
    return store
        .findByRow(row, organisation)
        .flatMap(erasure -> store.tombstone(erasure.key().record()));
  }

  /// The answer about a row that is not there: gone, when it was erased, or as if it never was.
  public Rejection missing(UUID row, String organisation) {
    return store.findByRow(row, organisation).isPresent()
        ? Rejection.of(ErasureProblem.RECORD_ERASED, "Nothing is left but its tombstone.")
        : Rejection.notFound();
  }
}
