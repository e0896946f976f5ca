package dev.indelible.claims.consent;

import dev.indelible.claims.Cursor;
import dev.indelible.claims.Member;
import dev.indelible.claims.MemberIndex;
import dev.indelible.claims.Moment;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.AccessHistory;
import dev.indelible.claims.access.Right;
import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.consent.Decision;
import dev.indelible.consent.DecisionDocument;
import dev.indelible.consent.Inputs;
import dev.indelible.consent.Provision;
import dev.indelible.consent.Request;
import dev.indelible.consent.Subject;
import dev.indelible.consent.UtcMoment;
import dev.indelible.kit.identity.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// Other insurers' claims, as far as the patients let the caller's organisation read them.
@ApplicationScoped
public class SharedClaims {
  private final Claims claims;
  private final Candidates candidates;
  private final Grants grants;
  private final ConsentDecisions decisions;
  private final ConsentRuleSet ruleSet;
  private final MemberIndex index;
  private final AccessHistory history;
  private final Clock clock;

  @Inject
  SharedClaims(
      Claims claims,
      Candidates candidates,
      Grants grants,
      ConsentDecisions decisions,
      ConsentRuleSet ruleSet,
      MemberIndex index,
      AccessHistory history,
      Clock clock) {
    this.claims = claims;
    this.candidates = candidates;
    this.grants = grants;
    this.decisions = decisions;
    this.ruleSet = ruleSet;
    this.index = index;
    this.history = history;
    this.clock = clock;
  }

  /// A claim of another insurer, recorded as seen. Whatever is decided about one that exists is
  /// stored, and stays stored when the answer is that there is nothing.
  ///
  /// @param purpose code of HL7 v3 PurposeOfUse
  /// @param view what becomes of the claim, in the same transaction
  /// @return nothing when there is none and when it is not shared
  @Transactional
  public <T> Optional<T> get(UUID id, String purpose, Access access, Function<FiledClaim, T> view) {
    String organisation = access.caller().requireOrganisation();
    return find(id)
        .filter(claim -> !claim.organisation().equals(organisation))
        .filter(claim -> isShared(claim, purpose, access))
        .map(view);
  }

  /// A claim that is not erased before what is decided about it is stored beside it.
  private Optional<FiledClaim> find(UUID id) {
    claims.keep(id);
    return claims.find(id);
  }

  /// Whether the claim may be handed out; that it is, is recorded then.
  private boolean isShared(FiledClaim claim, String purpose, Access access) {
    String organisation = access.caller().requireOrganisation();
    if (decide(claim, purpose, organisation) instanceof Decision.Permit permit) {
      UUID grant = UUID.fromString(permit.provisions().getFirst());
      Right right = new Right(Right.Kind.GRANT, Roles.ADJUDICATOR, grant);
      history.record(access, right, claim.organisation(), List.of(claim.id()));
      return true;
    }
    return false;
  }

  /// Claims that are shared with the caller's organisation, in the order of submission after a
  /// place; each is recorded as seen. Whatever is decided on the way is stored.
  ///
  /// @param purpose code of HL7 v3 PurposeOfUse
  /// @param limit how many are weighed; so many are shared at most, and none at least
  @Transactional
  public SharedPart list(String purpose, Access access, Cursor after, int limit) {
    String organisation = access.caller().requireOrganisation();
    List<Cursor> weighed =
        candidates.list(organisation, purpose, Moment.text(clock.instant()), after, limit);
    List<FiledClaim> shared =
        weighed.stream()
            .map(place -> find(place.id()))
            .flatMap(Optional::stream)
            .filter(claim -> isShared(claim, purpose, access))
            .toList();
    return new SharedPart(
        shared, weighed.size() < limit ? Optional.empty() : Optional.of(weighed.getLast()));
  }

  private Decision decide(FiledClaim claim, String purpose, String organisation) {
    List<Provision> provisions =
        grants.about(claim.organisation(), index.of(claim.member()), organisation);
    Request request =
        new Request(
            organisation,
            Roles.ADJUDICATOR,
            purpose,
            "access",
            "Claim",
            subject(claim.member()),
            claim.id().toString(),
            new UtcMoment(claim.submittedAt()));
    Inputs inputs = new Inputs(now(provisions), request, provisions);
    DecisionDocument document = DecisionDocument.of(inputs, ruleSet.rules());
    decisions.store(claim, inputs, ruleSet.rules(), document);
    return document.decision();
  }

  /// Now, and not before any revocation that is stored: the clock of the process that stored it may
  /// be ahead of ours.
  private UtcMoment now(List<Provision> provisions) {
    UtcMoment clocked = new UtcMoment(Moment.text(clock.instant()));
    return Stream.concat(
            Stream.of(clocked),
            provisions.stream().map(Provision::revokedAt).flatMap(Optional::stream))
        .max(UtcMoment::compareTo)
        .orElse(clocked);
  }

  private static Subject subject(Member member) {
    return new Subject(member.organisation(), member.system(), member.value());
  }
}
