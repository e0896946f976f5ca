package dev.indelible.claims;

import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;

/// A resource with a bug, for tests: it forgets to ask whose claims it gives away.
@Path("/test/unchecked")
@RolesAllowed(Roles.CLAIM_SUBMITTER)
@RunOnVirtualThread
public class Unchecked {
  @Inject Claims claims;
  @Inject EntityManager database;

  @GET
  @Path("/{id}")
  @Transactional
  public String get(UUID id) {
    return claims.find(id).map(FiledClaim::organisation).orElseThrow(Rejection::notFound);
  }

  @GET
  @Transactional
  public List<?> list() {
    return database
        .createNativeQuery("select organisation from claim", String.class)
        .getResultList();
  }
}
