package dev.indelible.claims.consent;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.Member;
import dev.indelible.claims.MemberIndex;
import dev.indelible.claims.Moment;
import dev.indelible.claims.member.Membership;
import dev.indelible.claims.member.Memberships;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A patient says who may read their claims, and takes it back.
@ApplicationScoped
public class GrantAccess {
  /// All that was said about a member and a recipient is weighed with each request for each claim,
  /// and written down, some 300 bytes a grant. Nobody changes their mind so often.
  private static final int MOST = 100;

  private final Memberships memberships;
  private final Grants grants;
  private final ConsentRuleSet ruleSet;
  private final ConsentConfig config;
  private final RecordKeys keys;
  private final MemberIndex index;
  private final Anchor anchor;
  private final Clock clock;

  @Inject
  GrantAccess(
      Memberships memberships,
      Grants grants,
      ConsentRuleSet ruleSet,
      ConsentConfig config,
      RecordKeys keys,
      MemberIndex index,
      Anchor anchor,
      Clock clock) {
    this.memberships = memberships;
    this.grants = grants;
    this.ruleSet = ruleSet;
    this.config = config;
    this.keys = keys;
    this.index = index;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// Stores a grant and queues it for the ledger.
  ///
  /// @throws Rejection naming every element that is wrong; (409) when there are too many
  @Transactional
  public Grant grant(GrantRequest request, Caller patient) {
    Instant now = clock.instant();
    Member member = member(request.membership(), patient);
    // Who has the claims needs no grant to read them, and one that forbids would promise too much.
    Set<String> recipients = new HashSet<>(config.recipients());
    recipients.remove(member.organisation());
    Terms terms = Terms.of(request, recipients, ruleSet.rules().purposes(), now);
    if (grants.count(patient.subject(), member.organisation(), terms.recipient()) >= MOST) {
      throw Rejection.of(
          ClaimProblem.TOO_MANY_GRANTS,
          "No more are taken for this recipient; taking one back makes no room.");
    }
    DataKey key = DataKey.random();
    GrantRow row = GrantRow.of(member, terms, patient.subject(), Moment.text(now), key);
    row.memberIndex = index.of(member);
    grants.persist(row);
    keys.store(row.record, row.organisation, key); // the patient's by the row
    Optional<DataKey> own = Optional.of(key);
    anchor.enqueue(
        new AnchorRequest(row.id, row.record, row.organisation, row.statement(own), List.of()),
        key);
    return row.grant(own);
  }

  /// Another's membership is answered like one that does not exist.
  private Member member(@Nullable UUID id, Caller patient) {
    return memberships.of(patient.subject()).stream()
        .filter(membership -> membership.id().equals(id))
        .map(Membership::member)
        .findFirst()
        .orElseThrow(
            () ->
                Rejection.of(CommonProblem.INVALID_BODY, "/membership: is none of yours")
                    .violations(List.of(new Violation("/membership", "is none of yours"))));
  }

  /// The patient's grants after a place in the order in which they were given, those that are over
  /// included.
  @Transactional
  public List<Grant> list(Caller patient, Cursor after, int limit) {
    return grants.read(grants.list(patient.subject(), after, limit), GrantRow::grant);
  }

  /// One of the patient's grants.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's
  @Transactional
  public Grant get(UUID id, Caller patient) {
    return read(id, patient, GrantRow::grant);
  }

  /// Takes a grant back, from this moment on; taking it back again changes nothing.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's
  @Transactional
  public void revoke(UUID id, Caller patient) {
    GrantRow grant = grants.lock(id, patient.subject());
    if (grant.revokedAt().isEmpty()) {
      RevocationRow row = RevocationRow.of(grant, patient.subject(), Moment.text(clock.instant()));
      grants.persist(row);
      anchor.enqueue(
          new AnchorRequest(row.id, row.record, row.organisation, row.statement(), List.of()));
    }
  }

  /// The statement of a grant, as the live row makes it.
  ///
  /// @throws Rejection (404) when there is none, or when it is another's
  @Transactional
  public TracedStatement statement(UUID id, Caller patient) {
    return read(id, patient, GrantRow::statement);
  }

  private <T> T read(UUID id, Caller patient, BiFunction<GrantRow, Optional<DataKey>, T> as) {
    return grants.read(List.of(grants.get(id, patient.subject())), as).getFirst();
  }
}
