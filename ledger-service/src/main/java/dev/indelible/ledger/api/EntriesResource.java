package dev.indelible.ledger.api;

import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.Receipt;
import dev.indelible.ledger.proof.Receipts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Entries come in, receipts go out.
@Path("/v1/logs/{log}/entries")
@RunOnVirtualThread
class EntriesResource {
  private final Logs logs;
  private final StrictJson json;
  private final AppendEntry append;
  private final Receipts receipts;

  EntriesResource(Logs logs, StrictJson json, AppendEntry append, Receipts receipts) {
    this.logs = logs;
    this.json = json;
    this.append = append;
    this.receipts = receipts;
  }

  /// Appends an entry; the same entry again gets the same answer.
  @POST
  @RolesAllowed(Roles.LOG_WRITER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response add(
      @PathParam("log") String name,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @HeaderParam(WriterForward.HEADER) @Nullable String forwarded,
      byte[] body)
      throws InterruptedException {
    Log log = logs.get(name);
    var submission = json.read(body, AppendRequest.class).submission(log);
    String path = "/v1/logs/" + log.name() + "/entries";
    String text = new String(body, StandardCharsets.UTF_8);
    return append.append(
        log, submission, new Forwardable(path, text, authorization, forwarded != null));
  }

  /// The best receipt there is for a leaf.
  @GET
  @Path("/{index:\\d{1,18}}/receipt")
  @PermitAll
  @Produces(MediaType.APPLICATION_JSON)
  public Response receipt(@PathParam("log") String name, @PathParam("index") long index) {
    Receipt receipt = find(name, index);
    return Response.ok(receipt).cacheControl(caching(receipt)).build();
  }

  /// The same as C2SP tlog-proof.
  @GET
  @Path("/{index:\\d{1,18}}/receipt.tlog-proof")
  @PermitAll
  @Produces(MediaType.TEXT_PLAIN)
  public Response tlogProof(@PathParam("log") String name, @PathParam("index") long index) {
    Receipt receipt = find(name, index);
    return Response.ok(receipt.proof(), Caching.TEXT).cacheControl(caching(receipt)).build();
  }

  private Receipt find(String name, long index) {
    return receipts.best(logs.get(name), index).orElseThrow(Rejection::notFound);
  }

  /// Only the best level never changes again.
  private static jakarta.ws.rs.core.CacheControl caching(Receipt receipt) {
    return receipt.level() == Receipt.Level.witnessed ? Caching.forever() : Caching.revalidate();
  }
}
