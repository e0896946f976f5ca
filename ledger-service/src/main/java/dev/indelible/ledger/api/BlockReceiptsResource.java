package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.proof.BlockReceipts;
import dev.indelible.ledger.proof.BlockReceipts.Leaf;
import dev.indelible.ledger.proof.BlockReceipts.Page;
import dev.indelible.ledger.proof.Receipt.Level;
import dev.indelible.transparency.Hash;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receipts in bulk: one checkpoint, and a path for each leaf of the block
/// (docs/formats/receipt.md).
@Path("/v1/logs/{log}/blocks/{number:\\d{1,18}}/receipts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class BlockReceiptsResource {
  private static final int MOST = 4096;

  private final Logs logs;
  private final BlockReceipts receipts;
  private final ObjectMapper mapper;

  BlockReceiptsResource(Logs logs, BlockReceipts receipts, ObjectMapper mapper) {
    this.mapper = mapper;
    this.logs = logs;
    this.receipts = receipts;
  }

  /// A page of a block's receipts.
  ///
  /// @param checkpoint with its signatures; all paths lead to its root
  /// @param next where the next page is; absent on the last one
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReceiptsJson(
      String log,
      String origin,
      long block,
      Level level,
      String checkpoint,
      List<LeafJson> receipts,
      @Nullable String next) {}

  /// What differs between the receipts.
  record LeafJson(long index, String leafHash, List<String> path) {
    static LeafJson of(Leaf leaf) {
      List<String> path = leaf.proof().path().stream().map(Hash::toBase64).toList();
      return new LeafJson(leaf.proof().index(), leaf.hash().toBase64(), path);
    }
  }

  /// The receipts behind leaf `after`. What was answered once is answered for ever.
  @GET
  @PermitAll
  public Response receipts(
      @PathParam("log") String name,
      @PathParam("number") long number,
      @QueryParam("level") @DefaultValue("included") String level,
      @QueryParam("after") @DefaultValue("-1") long after,
      @QueryParam("limit") @DefaultValue("1024") int limit,
      @Context Request request)
      throws JsonProcessingException {
    Log log = logs.get(name);
    int most = Math.clamp(limit, 1, MOST);
    Level wanted = level(level);
    Page page = receipts.find(log, number, wanted, after, most);
    byte[] body = mapper.writeValueAsBytes(json(log, wanted, page, most));
    return Caching.forever(request, body, MediaType.APPLICATION_JSON_TYPE);
  }

  private static Level level(String text) {
    return switch (text) {
      case "included" -> Level.included;
      case "witnessed" -> Level.witnessed;
      default -> throw Rejection.of(CommonProblem.BAD_REQUEST, "level is included or witnessed.");
    };
  }

  private static ReceiptsJson json(Log log, Level level, Page page, int limit) {
    List<LeafJson> leaves = page.leaves().stream().map(LeafJson::of).toList();
    long number = page.block().number();
    boolean more = !leaves.isEmpty() && leaves.getLast().index() + 1 < page.block().end();
    String next =
        more
            ? "/v1/logs/%s/blocks/%d/receipts?level=%s&after=%d&limit=%d"
                .formatted(log.name(), number, level, leaves.getLast().index(), limit)
            : null;
    return new ReceiptsJson(
        log.name(), log.origin(), number, level, page.checkpoint(), leaves, next);
  }
}
