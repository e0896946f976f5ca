package dev.indelible.claims.access;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.Moment;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.identity.SpentAuthentications;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Breaking the glass before a claim, and looking at it afterwards. Both are statements.
@ApplicationScoped
public class Glasses implements AnchoredRecords {
  private final GlassStore store;
  private final AccessHistory history;
  private final Anchor anchor;
  private final SpentAuthentications spent;
  private final Clock clock;

  @Inject
  Glasses(
      GlassStore store,
      AccessHistory history,
      Anchor anchor,
      SpentAuthentications spent,
      Clock clock) {
    this.store = store;
    this.history = history;
    this.anchor = anchor;
    this.spent = spent;
    this.clock = clock;
  }

  /// Broken glass, and what the review of it found if there was one.
  public record Reviewed(BrokenGlass glass, Optional<GlassReview> review) {}

  /// Gives the caller an hour's right to read a claim, in the transaction at hand. That is an event
  /// as well, and takes an authentication of its own.
  @Transactional(Transactional.TxType.MANDATORY)
  public BrokenGlass breakBefore(RecordKey claim, Reason reason, Access access) {
    BrokenGlass glass = BrokenGlass.of(claim, access.caller(), reason, clock.instant());
    store.insert(glass);
    Right right = new Right(Right.Kind.BREAK_GLASS, Roles.AUDITOR, glass.id());
    history.record(access, right, claim.organisation(), List.of(claim.row()));
    enqueue(glass.live());
    spent.spend(access.caller());
    return glass;
  }

  /// What was broken before the claims of the caller's organisation, after a place in the order of
  /// time. An explanation may name the patient, so each claim is recorded as seen.
  @Transactional(Transactional.TxType.MANDATORY)
  public List<Reviewed> list(Access access, Cursor after, int limit) {
    String organisation = access.caller().requireOrganisation();
    List<BrokenGlass> found = store.list(organisation, after, limit);
    seen(access, organisation, found);
    return found.stream().map(glass -> new Reviewed(glass, store.review(glass.id()))).toList();
  }

  private void seen(Access access, String organisation, List<BrokenGlass> glasses) {
    Right right = new Right(Right.Kind.OWN_ORGANISATION, Roles.PRIVACY_OFFICER, null);
    List<UUID> claims = glasses.stream().map(BrokenGlass::claim).distinct().toList();
    history.record(access, right, organisation, claims);
  }

  /// Reviews broken glass, once; whoever does is shown it, which is recorded.
  ///
  /// @param finding read only once the glass is known to be the caller's organisation's affair
  /// @throws Rejection (404) when there is none, or when it is another's, indistinguishably; (409)
  ///   for who broke it, and when it was reviewed
  @Transactional
  public Reviewed review(UUID id, Supplier<GlassReview.Finding> finding, Access access) {
    Caller caller = access.caller();
    String organisation = caller.requireOrganisation();
    BrokenGlass glass = store.find(id, organisation).orElseThrow(Rejection::notFound);
    if (glass.actor().equals(caller.subject())) {
      throw Rejection.of(AccessProblem.OWN_GLASS, "Somebody else has to review it.");
    }
    GlassReview review =
        new GlassReview(
            UUID.randomUUID(),
            id,
            glass.record(),
            glass.organisation(),
            finding.get().word(),
            caller.subject(),
            Moment.text(clock.instant()));
    if (!store.insert(review)) {
      throw Rejection.of(AccessProblem.REVIEWED_BEFORE, "What it found stands.");
    }
    enqueue(review.live());
    seen(access, organisation, List.of(glass));
    return new Reviewed(glass, Optional.of(review));
  }

  private void enqueue(LiveStatement statement) {
    anchor.enqueue(
        new AnchorRequest(
            statement.statementId(),
            statement.record(),
            statement.organisation(),
            statement.statement(),
            List.of()));
  }

  /// Deletes what was said about a claim: explanations may name a person.
  ///
  /// @return the statements
  public List<UUID> delete(UUID claim) {
    return store.delete(claim);
  }

  @Override
  public String[] tables() {
    return new String[] {BrokenGlass.TABLE, GlassReview.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return Stream.concat(
        store.glasses().map(BrokenGlass::live), store.reviews().map(GlassReview::live));
  }
}
