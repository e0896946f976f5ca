package dev.indelible.ledger.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.api.BlockStream.Page;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;
import org.junit.jupiter.api.Test;

class BlockStreamTest {
  /// A connection that takes so many events and then nothing more.
  private static final class Connection implements SseEventSink {
    private final int takes;
    private final List<String> sent = new ArrayList<>();
    private boolean closed;

    Connection(int takes) {
      this.takes = takes;
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
      sent.add(event.getId());
      return sent.size() <= takes
          ? CompletableFuture.completedFuture(null)
          : new CompletableFuture<>();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /// Five blocks a page, up to block 19.
  private static Page blocks(long after) {
    List<OutboundSseEvent> events = new ArrayList<>();
    for (long number = after + 1; number <= Math.min(after + 5, 19); number++) {
      events.add(new OutboundSseEventImpl.BuilderImpl().id("" + number).data("{}").build());
    }
    return new Page(events, after + events.size());
  }

  @Test
  void sendsEveryBlockOnceAndInOrder() {
    Connection connection = new Connection(100);
    new BlockStream(BlockStreamTest::blocks, connection, 11, Duration.ofMinutes(1)).run();
    List<String> expected = List.of("12", "13", "14", "15", "16", "17", "18", "19");
    assertEquals(expected, connection.sent);
    assertTrue(connection.closed);
  }

  @Test
  void aClientThatDoesNotTakeItsPageIsCutOffAndOwedNoMoreThanThatPage() {
    Connection connection = new Connection(7);
    new BlockStream(BlockStreamTest::blocks, connection, -1, Duration.ofMillis(50)).run();
    assertEquals(10, connection.sent.size());
    assertTrue(connection.closed);
  }

  @Test
  void asksForNothingMoreWhenTheClientIsGone() {
    Connection connection = new Connection(100);
    List<Long> asked = new ArrayList<>();
    BlockStream.Source source =
        after -> {
          asked.add(after);
          connection.closed = asked.size() == 2;
          return blocks(after);
        };
    new BlockStream(source, connection, -1, Duration.ofMinutes(1)).run();
    assertEquals(List.of(-1L, 4L), asked);
    assertEquals(5, connection.sent.size());
    assertFalse(connection.sent.contains("5"));
  }
}
