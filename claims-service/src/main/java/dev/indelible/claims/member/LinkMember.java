package dev.indelible.claims.member;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.Member;
import dev.indelible.claims.MemberIndex;
import dev.indelible.claims.Moment;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The two halves by which a patient becomes a member: the insurer, who knows the person, issues a
/// code; whoever signs in and has the code is that person.
@ApplicationScoped
public class LinkMember {
  /// More than anybody mistypes in an hour.
  private static final int ATTEMPTS = 10;

  private final Invitations invitations;
  private final Memberships memberships;
  private final RecordKeys keys;
  private final MemberIndex index;
  private final Anchor anchor;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  LinkMember(
      Invitations invitations,
      Memberships memberships,
      RecordKeys keys,
      MemberIndex index,
      Anchor anchor,
      Clock clock) {
    this.invitations = invitations;
    this.memberships = memberships;
    this.keys = keys;
    this.index = index;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// Issues a code for a member of the caller's organisation.
  @Transactional
  public Invitation invite(Member member, Caller caller) {
    Instant now = clock.instant();
    String code = Invitation.code(random);
    invitations.store(
        code, new Invitations.Redeemed(member, caller.subject(), Moment.text(now)), now);
    return new Invitation(code, Moment.text(now.plus(Invitation.VALID)));
  }

  /// Redeems a code.
  ///
  /// @return nothing when it opens nothing; the attempt counts all the same
  /// @throws Rejection (429) when the caller tried too often
  @AcrossOrganisations(Roles.PATIENT)
  @Transactional
  public Optional<Membership> redeem(String code, Caller caller) {
    Instant now = clock.instant();
    if (invitations.attempt(caller.subject(), now) > ATTEMPTS) {
      throw Rejection.of(
          ClaimProblem.TOO_MANY_ATTEMPTS, "Try again in the next hour, or ask for a new code.");
    }
    return invitations
        .take(code, now)
        .map(taken -> link(taken, caller.subject(), Moment.text(now)));
  }

  private Membership link(Invitations.Redeemed invitation, String subject, String since) {
    DataKey key = DataKey.random();
    MembershipRow row = MembershipRow.of(invitation, subject, since, key);
    row.memberIndex = index.of(invitation.member());
    keys.store(row.record, row.organisation, key);
    memberships.persist(row);
    Optional<DataKey> own = Optional.of(key);
    anchor.enqueue(
        new AnchorRequest(row.id, row.record, row.organisation, row.statement(own), List.of()),
        key);
    return row.membership(own);
  }
}
