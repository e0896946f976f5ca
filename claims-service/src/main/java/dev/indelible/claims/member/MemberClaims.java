package dev.indelible.claims.member;

import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.access.AccessHistory;
import dev.indelible.claims.access.Right;
import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Which claims are whose: a patient's are those of the members that the patient is.
@ApplicationScoped
public class MemberClaims {
  private final EntityManager database;
  private final Memberships memberships;
  private final Claims claims;
  private final AccessHistory history;

  @Inject
  MemberClaims(
      EntityManager database, Memberships memberships, Claims claims, AccessHistory history) {
    this.database = database;
    this.memberships = memberships;
    this.claims = claims;
    this.history = history;
  }

  /// One of the patient's claims, recorded as seen.
  ///
  /// @throws Rejection (404) when there is none, when it is another's, and when it was erased: it
  ///   is not known then whose it was
  public FiledClaim get(UUID id, Access access) {
    FiledClaim claim = claims.find(id).orElseThrow(Rejection::notFound);
    record(claim, access, memberships.of(access.caller().subject()));
    return claim;
  }

  private void record(FiledClaim claim, Access access, List<Membership> own) {
    Right right =
        own.stream()
            .filter(membership -> membership.member().equals(claim.member()))
            .findFirst()
            .map(membership -> new Right(Right.Kind.SELF, Roles.PATIENT, membership.id()))
            .orElseThrow(Rejection::notFound);
    history.record(access, right, claim.organisation(), List.of(claim.id()));
  }

  /// The patient's claims, of all insurers, after a place in the order of submission; each is
  /// recorded as seen.
  public List<FiledClaim> list(Access access, Cursor after, int limit) {
    String subject = access.caller().subject();
    List<FiledClaim> found = list(subject, after, limit);
    List<Membership> own = memberships.of(subject);
    found.forEach(claim -> record(claim, access, own));
    return found;
  }

  private List<FiledClaim> list(String subject, Cursor after, int limit) {
    List<UUID> ids =
        database
            .createNativeQuery(
                """
                select c.id
                from claim c
                  join (select distinct organisation, member_index
                        from membership where subject = :subject) m
                    using (organisation, member_index)
                where (c.submitted_at, c.id) > (:at, :id)
                order by c.submitted_at, c.id limit :limit
                """,
                UUID.class)
            .setParameter("subject", subject)
            .setParameter("at", after.at())
            .setParameter("id", after.id())
            .setParameter("limit", limit)
            .getResultList();
    return ids.stream().map(claims::find).flatMap(Optional::stream).toList();
  }
}
