package dev.indelible.trials;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/// A resource with a bug, for tests: it forgets to ask whose trials it gives away, and who asks.
@Path("/test/unchecked")
@PermitAll
@RunOnVirtualThread
public class Unchecked {
  @Inject EntityManager database;

  @GET
  @Transactional
  public List<?> list() {
    return organisations();
  }

  @GET
  @Path("/outside")
  public List<?> outsideOfATransaction() {
    return organisations();
  }

  private List<?> organisations() {
    return database
        .createNativeQuery("select organisation from protocol_version", String.class)
        .getResultList();
  }
}
