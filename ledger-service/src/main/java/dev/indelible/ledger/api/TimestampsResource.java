package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.time.TimestampStore;
import dev.indelible.ledger.time.TimestampStore.Row;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Since when checkpoints have existed, in the words of an authority whom neither we nor our
/// witnesses control. `openssl ts -verify` reads them.
@Path("/v1/logs/{log}/timestamps")
@RunOnVirtualThread
class TimestampsResource {
  private static final int MOST = 100;
  private static final MediaType REPLY = new MediaType("application", "timestamp-reply");

  private final Logs logs;
  private final Transactions transactions;

  TimestampsResource(Logs logs, Transactions transactions) {
    this.logs = logs;
    this.transactions = transactions;
  }

  /// A timestamp as JSON; the two files are at the addresses.
  record TimestampJson(long id, long block, String time, String checkpoint, String reply) {
    static TimestampJson of(Log log, Row row) {
      String path = path(log) + "/" + row.id();
      return new TimestampJson(
          row.id(), row.block(), row.time().toString(), path + ".checkpoint", path + ".tsr");
    }
  }

  /// A page of timestamps.
  ///
  /// @param next where the next page is; absent on the last one
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<TimestampJson> timestamps, @Nullable String next) {}

  private static String path(Log log) {
    return "/v1/logs/" + log.name() + "/timestamps";
  }

  /// Timestamps in order, from the one behind `after` on.
  @GET
  @PermitAll
  @Produces(MediaType.APPLICATION_JSON)
  public Page list(
      @PathParam("log") String name,
      @QueryParam("after") @DefaultValue("-1") long after,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    Log log = logs.get(name);
    int most = Math.clamp(limit, 1, MOST);
    List<Row> rows =
        transactions.read(
            connection -> TimestampStore.after(connection, log.name(), after, most + 1));
    List<TimestampJson> page =
        rows.stream().limit(most).map(row -> TimestampJson.of(log, row)).toList();
    String next =
        rows.size() > most
            ? "%s?after=%d&limit=%d".formatted(path(log), page.getLast().id(), most)
            : null;
    return new Page(page, next);
  }

  /// The authority's answer (TimeStampResp, RFC 3161 §2.4.2).
  @GET
  @Path("/{id:\\d{1,18}}.tsr")
  @PermitAll
  public Response reply(
      @PathParam("log") String name, @PathParam("id") long id, @Context Request request) {
    return Caching.forever(request, find(name, id).reply().bytes(), REPLY);
  }

  /// The bytes that were stamped.
  @GET
  @Path("/{id:\\d{1,18}}.checkpoint")
  @PermitAll
  public Response checkpoint(
      @PathParam("log") String name, @PathParam("id") long id, @Context Request request) {
    byte[] body = find(name, id).checkpoint().getBytes(StandardCharsets.UTF_8);
    return Caching.forever(request, body, Caching.TEXT);
  }

  private Row find(String name, long id) {
    Log log = logs.get(name);
    return transactions
        .read(connection -> TimestampStore.find(connection, log.name(), id))
        .orElseThrow(Rejection::notFound);
  }
}
