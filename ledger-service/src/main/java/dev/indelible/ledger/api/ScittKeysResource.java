package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.key.KeyRotation;
import dev.indelible.transparency.cose.CoseKey;
import dev.indelible.transparency.cose.CoseKeySet;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// The keys that receipts of a log are signed with, all generations for ever
/// (draft-ietf-scitt-scrapi-11): a receipt outlives the key's retirement.
@Path("/scitt/{log}/.well-known/scitt-keys")
@RunOnVirtualThread
class ScittKeysResource {
  private static final MediaType KEY = new MediaType("application", "cose-key");

  private final Logs logs;
  private final KeyRotation rotation;

  ScittKeysResource(Logs logs, KeyRotation rotation) {
    this.logs = logs;
    this.rotation = rotation;
  }

  /// The key set (RFC 9052 §7), oldest generation first.
  @GET
  @PermitAll
  @Produces("application/cose-key-set")
  public Response keys(@PathParam("log") String name) {
    List<CoseKey> keys = keys(logs.get(name));
    if (keys.isEmpty()) {
      throw Rejection.notFound(); // Nothing was ever written to this log.
    }
    return Response.ok(new CoseKeySet(keys).bytes()).cacheControl(Caching.revalidate()).build();
  }

  /// One key, by its thumbprint (RFC 9679) in base64url without padding.
  @GET
  @Path("/{kid}")
  @PermitAll
  @Produces("application/cose-key")
  public Response key(
      @PathParam("log") String name, @PathParam("kid") String kid, @Context Request request) {
    return keys(logs.get(name)).stream()
        .filter(key -> key.kidText().equals(kid))
        .findFirst()
        .map(key -> Caching.forever(request, key.bytes(), KEY))
        .orElseThrow(Rejection::notFound);
  }

  private List<CoseKey> keys(Log log) {
    return rotation.history(log).terms().stream()
        .flatMap(term -> term.keys().stream())
        .map(CoseKey::of)
        .toList();
  }
}
