package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.OwnStatements;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.statement.Disclosure;
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

/// The log's statements about itself: genesis and registration policy.
@Path("/v1/logs/{log}/statements")
@RunOnVirtualThread
class StatementsResource {
  private final Logs logs;
  private final OwnStatements statements;

  StatementsResource(Logs logs, OwnStatements statements) {
    this.logs = logs;
    this.statements = statements;
  }

  /// The disclosure document of the log's own entry at this index.
  @GET
  @Path("/{index:\\d{1,18}}")
  @PermitAll
  @Produces(MediaType.APPLICATION_JSON)
  public Response statement(
      @PathParam("log") String name, @PathParam("index") long index, @Context Request request) {
    Disclosure document = statements.find(logs.get(name), index).orElseThrow(Rejection::notFound);
    byte[] body = CanonicalJson.bytes(document.toJson());
    return Caching.forever(request, body, MediaType.APPLICATION_JSON_TYPE);
  }
}
