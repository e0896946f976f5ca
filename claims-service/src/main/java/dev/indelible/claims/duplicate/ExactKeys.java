package dev.indelible.claims.duplicate;

import dev.indelible.anchoring.MatchToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;

/// The exact keys of the claims that insurers have. Plain SQL: the unique index is the decision.
@ApplicationScoped
public class ExactKeys {
  private final EntityManager database;

  @Inject
  ExactKeys(EntityManager database) {
    this.database = database;
  }

  /// Takes a key for a claim, in the caller's transaction. A rival that took it and has not
  /// committed yet is waited for: either it commits and we lose, or it rolls back and we win.
  ///
  /// @return the claim that has the key already, if one does
  public Optional<UUID> take(String organisation, MatchToken key, UUID claim) {
    int taken =
        database
            .createNativeQuery(
                """
                insert into exact_key (organisation, epoch, digest, claim_id)
                values (:organisation, :epoch, :digest, :claim)
                on conflict do nothing
                """)
            .setParameter("organisation", organisation)
            .setParameter("epoch", key.epoch())
            .setParameter("digest", key.digest().bytes())
            .setParameter("claim", claim)
            .executeUpdate();
    return taken == 1 ? Optional.empty() : Optional.of(holder(organisation, key));
  }

  /// Forgets a claim's keys: an equal claim is no duplicate any more.
  public void delete(UUID claim) {
    var ignored =
        database
            .createNativeQuery("delete from exact_key where claim_id = :claim")
            .setParameter("claim", claim)
            .executeUpdate();
  }

  private UUID holder(String organisation, MatchToken key) {
    return (UUID)
        database
            .createNativeQuery(
                """
                select claim_id from exact_key
                where organisation = :organisation and epoch = :epoch and digest = :digest
                """,
                UUID.class)
            .setParameter("organisation", organisation)
            .setParameter("epoch", key.epoch())
            .setParameter("digest", key.digest().bytes())
            .getSingleResult();
  }
}
