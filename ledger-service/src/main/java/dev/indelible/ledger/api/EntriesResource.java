package dev.indelible.ledger.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.CoseReceipts;
import dev.indelible.ledger.proof.Receipt;
import dev.indelible.ledger.proof.Receipts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Entries come in, receipts go out.
@Path("/v1/logs/{log}/entries")
@RunOnVirtualThread
class EntriesResource {
  /// What all of COSE and SCRAPI has in common (RFC 9052 §12.4).
  static final String COSE = "application/cose";

  static final MediaType COSE_TYPE = new MediaType("application", "cose");

  private final Logs logs;
  private final ToWriter writer;
  private final SingleAnswer answer;
  private final JsonAnswer json;
  private final Receipts receipts;
  private final CoseReceipts coseReceipts;
  private final ObjectMapper mapper;

  EntriesResource(
      Logs logs,
      ToWriter writer,
      SingleAnswer answer,
      JsonAnswer json,
      Receipts receipts,
      CoseReceipts coseReceipts,
      ObjectMapper mapper) {
    this.logs = logs;
    this.writer = writer;
    this.answer = answer;
    this.json = json;
    this.receipts = receipts;
    this.coseReceipts = coseReceipts;
    this.mapper = mapper;
  }

  /// Appends an entry; the same entry again gets the same answer. Answers when a block holds the
  /// entry, or as the header `Prefer` says: 202 then means durable, and not yet what was asked for.
  @POST
  @RolesAllowed(Roles.LOG_WRITER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response add(@PathParam("log") String name, @Context HttpHeaders headers, byte[] body)
      throws InterruptedException {
    Log log = logs.get(name);
    Preference preference = Preference.of(headers.getHeaderString("Prefer"));
    var submission = AppendRequest.read(log, body);
    Forwardable request = Forwardable.of("/v1/logs/" + log.name() + "/entries", headers, body);
    AnswerForm form = preference.minimal() ? json.minimal() : json;
    return writer.send(
        log, List.of(submission), request, waiting -> answer.of(log, preference, waiting, form));
  }

  /// The best receipt there is for a leaf.
  @GET
  @Path("/{index:\\d{1,18}}/receipt")
  @PermitAll
  @Produces(MediaType.APPLICATION_JSON)
  public Response receipt(
      @PathParam("log") String name, @PathParam("index") long index, @Context Request request)
      throws JsonProcessingException {
    Receipt receipt = find(name, index);
    byte[] body = mapper.writeValueAsBytes(receipt);
    return Caching.tagged(request, body, MediaType.APPLICATION_JSON_TYPE, caching(receipt));
  }

  /// The same as C2SP tlog-proof.
  @GET
  @Path("/{index:\\d{1,18}}/receipt.tlog-proof")
  @PermitAll
  @Produces(MediaType.TEXT_PLAIN)
  public Response tlogProof(
      @PathParam("log") String name, @PathParam("index") long index, @Context Request request) {
    Receipt receipt = find(name, index);
    byte[] body = receipt.proof().getBytes(StandardCharsets.UTF_8);
    return Caching.tagged(request, body, Caching.TEXT, caching(receipt));
  }

  /// The COSE receipt (RFC 9942) under the leaf's own block, by one of the log's keys.
  @GET
  @Path("/{index:\\d{1,18}}/receipt.cose")
  @PermitAll
  @Produces(COSE)
  public Response coseReceipt(
      @PathParam("log") String name,
      @PathParam("index") long index,
      @QueryParam("alg") @DefaultValue(AlgorithmName.DEFAULT) String alg,
      @Context Request request) {
    var receipt = coseReceipts.find(logs.get(name), index, AlgorithmName.parse(alg));
    return Caching.forever(request, receipt.bytes(), COSE_TYPE);
  }

  /// The entry with its COSE receipts attached: a transparent statement (RFC 9943).
  @GET
  @Path("/{index:\\d{1,18}}/statement.cose")
  @PermitAll
  @Produces(COSE)
  public Response statement(
      @PathParam("log") String name, @PathParam("index") long index, @Context Request request) {
    var statement = coseReceipts.statement(logs.get(name), index);
    return Caching.forever(request, statement.bytes(), COSE_TYPE);
  }

  private Receipt find(String name, long index) {
    return receipts.best(logs.get(name), index).orElseThrow(Rejection::notFound);
  }

  /// Only the best level never changes again.
  private static CacheControl caching(Receipt receipt) {
    return receipt.level() == Receipt.Level.witnessed ? Caching.forever() : Caching.revalidate();
  }
}
