package dev.indelible.ledger.api;

import dev.indelible.kit.identity.Roles;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.log.Submission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// The lane for many statements at once: one request, an answer for each. They are under one
/// signature, or each under its own, which was made before; then an answer has the receipt.
@Path("/v1/logs/{log}/batches")
@RunOnVirtualThread
class BatchesResource {
  private final Logs logs;
  private final ToWriter writer;
  private final BatchAnswer answer;

  BatchesResource(Logs logs, ToWriter writer, BatchAnswer answer) {
    this.logs = logs;
    this.writer = writer;
    this.answer = answer;
  }

  /// Appends a batch. A statement that is a duplicate keeps no other from being appended; the same
  /// batch again gets the same answers.
  @POST
  @RolesAllowed(Roles.LOG_WRITER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response add(@PathParam("log") String name, @Context HttpHeaders headers, byte[] body)
      throws InterruptedException {
    Log log = logs.get(name);
    Preference preference = Preference.of(headers.getHeaderString("Prefer"));
    Body read = Body.of(body);
    boolean signed = read.has(AppendRequest.ENTRIES);
    List<Submission> submissions =
        signed ? AppendRequest.readAll(log, read) : BatchRequest.read(log, read);
    boolean proofs = signed && !preference.minimal();
    Forwardable request = Forwardable.of("/v1/logs/" + log.name() + "/batches", headers, body);
    return writer.send(
        log,
        submissions,
        request,
        waiting -> answer.of(log, preference, submissions, proofs, waiting));
  }
}
