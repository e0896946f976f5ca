package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.LogReader;
import dev.indelible.ledger.proof.LogReader.Shown;
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
import org.jspecify.annotations.Nullable;

/// The blocks of a log, every one that was ever sealed.
@Path("/v1/logs/{log}/blocks")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class BlocksResource {
  private static final int MOST = 100;

  private final Logs logs;
  private final LogReader reader;

  BlocksResource(Logs logs, LogReader reader) {
    this.logs = logs;
    this.reader = reader;
  }

  /// A block as JSON.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BlockJson(
      String log,
      long number,
      long start,
      long end,
      String root,
      String sealedAt,
      boolean witnessed,
      List<String> witnesses,
      String checkpoint,
      @Nullable String previous,
      @Nullable String next) {

    static BlockJson of(Log log, Shown shown) {
      var block = shown.block();
      return new BlockJson(
          log.name(),
          block.number(),
          block.start(),
          block.end(),
          block.head().root().toBase64(),
          block.sealedAt().toString(),
          block.witnessedNote().isPresent(),
          shown.witnesses(),
          shown.cosigned(),
          block.number() == 0 ? null : path(log, block.number() - 1),
          shown.isLast() ? null : path(log, block.number() + 1));
    }

    private static String path(Log log, long number) {
      return "/v1/logs/" + log.name() + "/blocks/" + number;
    }
  }

  /// A page of blocks.
  ///
  /// @param next where the next page is; absent on the last one
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<BlockJson> blocks, @Nullable String next) {}

  /// Blocks in order, from the one behind `after` on.
  @GET
  @PermitAll
  public Page list(
      @PathParam("log") String name,
      @QueryParam("after") @DefaultValue("-1") long after,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    Log log = logs.get(name);
    int most = Math.clamp(limit, 1, MOST);
    List<BlockJson> blocks =
        reader.blocks(log, after, most).stream().map(shown -> BlockJson.of(log, shown)).toList();
    boolean more = !blocks.isEmpty() && blocks.getLast().next() != null;
    String next =
        "/v1/logs/%s/blocks?after=%d&limit=%d"
            .formatted(log.name(), more ? blocks.getLast().number() : after, most);
    return new Page(blocks, more ? next : null);
  }

  /// One block.
  @GET
  @Path("/{number:\\d{1,18}}")
  @PermitAll
  public BlockJson block(@PathParam("log") String name, @PathParam("number") long number) {
    Log log = logs.get(name);
    return BlockJson.of(log, reader.block(log, number).orElseThrow(Rejection::notFound));
  }
}
