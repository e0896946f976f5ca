package dev.indelible.claims.submission;

import dev.indelible.claims.ClaimProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.Hash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// Which request made which claim.
@ApplicationScoped
class IdempotencyKeys {
  private final EntityManager database;

  @Inject
  IdempotencyKeys(EntityManager database) {
    this.database = database;
  }

  /// Takes a key for a request, in the caller's transaction; waits for a rival as `ExactKeys` does.
  /// A request that is refused rolls its key back with it.
  ///
  /// @return the claim that this very request made before, if it did
  /// @throws Rejection when the key came with another request
  Optional<UUID> take(String organisation, IdempotencyKey key, Intake.Request request, UUID claim) {
    Hash hash = hash(request);
    int taken =
        database
            .createNativeQuery(
                """
                insert into idempotency (organisation, key, body_hash, claim_id)
                values (:organisation, :key, :hash, :claim)
                on conflict do nothing
                """)
            .setParameter("organisation", organisation)
            .setParameter("key", key.value())
            .setParameter("hash", hash.bytes())
            .setParameter("claim", claim)
            .executeUpdate();
    return taken == 1 ? Optional.empty() : Optional.of(earlier(organisation, key, hash));
  }

  private UUID earlier(String organisation, IdempotencyKey key, Hash hash) {
    Tuple row =
        (Tuple)
            database
                .createNativeQuery(
                    """
                    select body_hash, claim_id from idempotency
                    where organisation = :organisation and key = :key
                    """,
                    Tuple.class)
                .setParameter("organisation", organisation)
                .setParameter("key", key.value())
                .getSingleResult();
    if (!Hash.of(row.get(0, byte[].class)).equals(hash)) {
      throw Rejection.of(
          ClaimProblem.KEY_REUSED, "Send a new key, or the same request byte for byte.");
    }
    return row.get(1, UUID.class);
  }

  private static Hash hash(Intake.Request request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((request.route() + "\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(request.body().bytes());
    return Hash.sha256(out.toByteArray());
  }
}
