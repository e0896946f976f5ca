package dev.indelible.ledger.api;

import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.log.EntryStore;
import dev.indelible.ledger.proof.CoseReceipts;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.KeyAlgorithm;
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
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A log as a SCITT transparency service: registration and receipts (draft-ietf-scitt-scrapi-11).
/// The same entries, blocks and keys as everywhere else, in the words of SCITT.
@Path("/scitt/{log}/entries")
@RunOnVirtualThread
class ScittEntriesResource {
  private final Logs logs;
  private final ToWriter writer;
  private final SingleAnswer answer;
  private final CoseReceipts receipts;
  private final Transactions transactions;

  ScittEntriesResource(
      Logs logs,
      ToWriter writer,
      SingleAnswer answer,
      CoseReceipts receipts,
      Transactions transactions) {
    this.logs = logs;
    this.writer = writer;
    this.answer = answer;
    this.receipts = receipts;
    this.transactions = transactions;
  }

  /// Registers a signed statement; registering it again gets the same receipt.
  @POST
  @RolesAllowed(Roles.LOG_WRITER)
  @Consumes(EntriesResource.COSE)
  @Produces(EntriesResource.COSE)
  public Response register(
      @PathParam("log") String name,
      @QueryParam("alg") @DefaultValue(AlgorithmName.DEFAULT) String alg,
      @Context HttpHeaders headers,
      byte[] body)
      throws InterruptedException {
    Log log = logs.get(name);
    Preference preference = Preference.of(headers.getHeaderString("Prefer"));
    KeyAlgorithm algorithm = AlgorithmName.parse(alg);
    var submission = AppendRequest.readStatement(log, body);
    String path = "/scitt/" + log.name() + "/entries?alg=" + alg;
    ScittAnswer form = new ScittAnswer(receipts, submission.leafHash(), algorithm);
    return writer.send(
        log,
        List.of(submission),
        Forwardable.of(path, headers, body),
        waiting -> answer.of(log, preference, waiting, form));
  }

  /// The receipt of a registered statement, or 204 until there is one.
  @GET
  @Path("/{id}")
  @PermitAll
  @Produces(EntriesResource.COSE)
  public Response receipt(
      @PathParam("log") String name,
      @PathParam("id") String id,
      @QueryParam("alg") @DefaultValue(AlgorithmName.DEFAULT) String alg,
      @Context Request request) {
    Log log = logs.get(name);
    KeyAlgorithm algorithm = AlgorithmName.parse(alg);
    long index = index(log, id).orElseThrow(Rejection::notFound);
    if (isPending(log, index)) {
      return pending();
    }
    byte[] body = receipts.find(log, index, algorithm).bytes();
    return Caching.forever(request, body, EntriesResource.COSE_TYPE);
  }

  private Optional<Long> index(Log log, String id) {
    return parse(id)
        .flatMap(
            leafHash ->
                transactions.read(
                    connection ->
                        Optional.ofNullable(
                            EntryStore.find(connection, log.name(), List.of(leafHash))
                                .get(leafHash))));
  }

  /// Base64url without padding, in its one spelling.
  private static Optional<Hash> parse(String id) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(id);
      boolean same = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(id);
      return same && bytes.length == Hash.LENGTH ? Optional.of(Hash.of(bytes)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isPending(Log log, long index) {
    return transactions
        .read(connection -> BlockStore.holding(connection, log.name(), index))
        .isEmpty();
  }

  private static Response pending() {
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    return Response.noContent().cacheControl(never).header(HttpHeaders.RETRY_AFTER, 1).build();
  }
}
