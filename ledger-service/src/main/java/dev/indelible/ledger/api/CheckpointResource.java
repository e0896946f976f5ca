package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.LogReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/// The newest checkpoint of a log (C2SP tlog-tiles, `<prefix>/checkpoint`).
@Path("/logs/{log}/checkpoint")
@RunOnVirtualThread
class CheckpointResource {
  private final Logs logs;
  private final LogReader reader;

  CheckpointResource(Logs logs, LogReader reader) {
    this.logs = logs;
    this.reader = reader;
  }

  /// The checkpoint with both signatures and whatever cosignatures it has by now.
  @GET
  @PermitAll
  public Response checkpoint(@PathParam("log") String name) {
    String note = reader.last(logs.get(name)).orElseThrow(Rejection::notFound).cosigned();
    return Response.ok(note, Caching.TEXT).cacheControl(Caching.revalidate()).build();
  }
}
