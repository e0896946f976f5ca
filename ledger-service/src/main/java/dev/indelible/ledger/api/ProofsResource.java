package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.LogReader;
import dev.indelible.transparency.Hash;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// Proofs for any sizes, for those who do not want to compute them from tiles.
@Path("/v1/logs/{log}/proofs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class ProofsResource {
  private final Logs logs;
  private final LogReader reader;

  ProofsResource(Logs logs, LogReader reader) {
    this.logs = logs;
    this.reader = reader;
  }

  /// An inclusion proof as JSON.
  record InclusionJson(String log, long index, long size, List<String> path) {}

  /// A consistency proof as JSON.
  record ConsistencyJson(String log, long from, long to, List<String> path) {}

  /// That a leaf is in the tree of the first `size` leaves.
  @GET
  @Path("/inclusion")
  @PermitAll
  public InclusionJson inclusion(
      @PathParam("log") String name,
      @QueryParam("index") @DefaultValue("-1") long index,
      @QueryParam("size") @DefaultValue("-1") long size) {
    if (index < 0 || index >= size) {
      throw Rejection.of(LedgerProblem.BAD_RANGE, "Give 0 ≤ index < size.");
    }
    var proof = reader.inclusion(logs.get(name), index, size).orElseThrow(Rejection::notFound);
    return new InclusionJson(name, index, size, texts(proof.path()));
  }

  /// That the tree of the first `from` leaves is a prefix of that of the first `to`.
  @GET
  @Path("/consistency")
  @PermitAll
  public ConsistencyJson consistency(
      @PathParam("log") String name,
      @QueryParam("from") @DefaultValue("-1") long from,
      @QueryParam("to") @DefaultValue("-1") long to) {
    if (from < 0 || from > to) {
      throw Rejection.of(LedgerProblem.BAD_RANGE, "Give 0 ≤ from ≤ to.");
    }
    var proof = reader.consistency(logs.get(name), from, to).orElseThrow(Rejection::notFound);
    return new ConsistencyJson(name, from, to, texts(proof.path()));
  }

  private static List<String> texts(List<Hash> path) {
    return path.stream().map(Hash::toBase64).toList();
  }
}
