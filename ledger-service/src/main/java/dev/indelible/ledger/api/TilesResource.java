package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.tile.Tiles;
import dev.indelible.transparency.merkle.Tile;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/// Tiles and entry bundles (C2SP tlog-tiles). What is served once is served for ever.
@Path("/logs/{log}/tile")
@RunOnVirtualThread
class TilesResource {
  private final Logs logs;
  private final Tiles tiles;

  TilesResource(Logs logs, Tiles tiles) {
    this.logs = logs;
    this.tiles = tiles;
  }

  /// A tile, whole or partial. Hashes cannot be compressed.
  @GET
  @Path("/{level:\\d{1,2}}/{number:.+}")
  @PermitAll
  public Response tile(
      @PathParam("log") String name,
      @PathParam("level") String level,
      @PathParam("number") String number,
      @Context Request request) {
    return find(name, level + "/" + number, request);
  }

  /// An entry bundle, whole or partial.
  @GET
  @Path("/entries/{number:.+}")
  @PermitAll
  @Compressed
  public Response bundle(
      @PathParam("log") String name, @PathParam("number") String number, @Context Request request) {
    return find(name, "entries/" + number, request);
  }

  private Response find(String name, String path, Request request) {
    Log log = logs.get(name);
    byte[] bytes =
        Tile.parse(path)
            .flatMap(tile -> tiles.find(log.name(), tile))
            .orElseThrow(Rejection::notFound);
    return Caching.forever(request, bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE);
  }
}
