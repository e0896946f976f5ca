package dev.indelible.ledger.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.api.BlockStream.Page;
import dev.indelible.ledger.api.BlocksResource.BlockJson;
import dev.indelible.ledger.block.NewestBlocks;
import dev.indelible.ledger.proof.LogReader;
import dev.indelible.ledger.proof.LogReader.Shown;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// New blocks as they are sealed, as server-sent events (WHATWG HTML §9.2): the id is the block's
/// number, the data the block as JSON.
@Path("/v1/logs/{log}/blocks/events")
@RunOnVirtualThread
class BlockEventsResource {
  private static final int PAGE = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Logs logs;
  private final LogReader reader;
  private final NewestBlocks newest;
  private final ObjectMapper mapper;
  private final LedgerConfig config;

  BlockEventsResource(
      Logs logs, LogReader reader, NewestBlocks newest, ObjectMapper mapper, LedgerConfig config) {
    this.logs = logs;
    this.reader = reader;
    this.newest = newest;
    this.mapper = mapper;
    this.config = config;
  }

  /// Blocks from now on, or from the one behind `Last-Event-ID` on.
  @GET
  @PermitAll
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(
      @PathParam("log") String name,
      @HeaderParam("Last-Event-ID") @Nullable String last,
      @Context Sse sse,
      @Context SseEventSink sink) {
    Log log = logs.get(name);
    long after = last == null ? number(log) : parse(last);
    BlockStream stream = new BlockStream(from -> next(log, from, sse), sink, after, PATIENCE);
    Thread ignored = Thread.ofVirtual().name("blocks of " + name).start(stream);
  }

  private long number(Log log) {
    return reader.last(log).map(shown -> shown.block().number()).orElse(-1L);
  }

  private static long parse(String last) {
    if (!last.matches("\\d{1,18}")) {
      throw Rejection.of(CommonProblem.BAD_REQUEST, "Last-Event-ID is the number of a block.");
    }
    return Long.parseLong(last);
  }

  private Page next(Log log, long after, Sse sse) throws InterruptedException {
    boolean isThere = newest.await(log, after, config.heartbeat());
    if (newest.isClosed()) {
      return new Page(List.of(), after);
    }
    List<Shown> blocks = isThere ? reader.blocks(log, after, PAGE) : List.of();
    if (blocks.isEmpty()) {
      return new Page(List.of(sse.newEventBuilder().comment("nothing new").build()), after);
    }
    List<OutboundSseEvent> events = new ArrayList<>(blocks.size());
    for (Shown shown : blocks) {
      events.add(event(log, shown, sse));
    }
    return new Page(events, blocks.getLast().block().number());
  }

  private OutboundSseEvent event(Log log, Shown shown, Sse sse) {
    try {
      return sse.newEventBuilder()
          .id(Long.toString(shown.block().number()))
          .data(String.class, mapper.writeValueAsString(BlockJson.of(log, shown)))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a block can be written", e);
    }
  }
}
