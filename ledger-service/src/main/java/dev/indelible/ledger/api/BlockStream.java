package dev.indelible.ledger.api;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// One client that listens to the blocks of a log. Its queue is one page: the next one is read only
/// when the client has taken this one, and a client that does not take it in time is cut off. It
/// resumes where it was with `Last-Event-ID`, out of the table.
final class BlockStream implements Runnable {
  private static final Logger LOG = Logger.getLogger(BlockStream.class);

  /// Blocks that come close together are fetched together.
  private static final Duration GATHER = Duration.ofMillis(100);

  private final Source source;
  private final SseEventSink sink;
  private final Duration patience;
  private long after;

  /// Where the events come from.
  interface Source {
    /// Waits for the events of blocks behind number `after`.
    ///
    /// @return at most a page of them, or one heartbeat; none when there will be no more
    Page next(long after) throws InterruptedException;
  }

  /// Events to send together.
  ///
  /// @param last number of the last block in it; the one asked for in a heartbeat
  record Page(List<OutboundSseEvent> events, long last) {
    Page {
      events = List.copyOf(events);
    }
  }

  /// @param after number of the last block that the client knows
  /// @param patience how long it may take for a page
  BlockStream(Source source, SseEventSink sink, long after, Duration patience) {
    this.source = source;
    this.sink = sink;
    this.after = after;
    this.patience = patience;
  }

  @Override
  public void run() {
    try (sink) {
      Page page = source.next(after);
      while (!page.events().isEmpty() && !sink.isClosed()) {
        send(page.events());
        after = page.last();
        Thread.sleep(GATHER);
        page = source.next(after);
      }
    } catch (TimeoutException e) {
      LOG.infof("a client did not take block %d and those behind it in time", after + 1);
    } catch (ExecutionException e) {
      LOG.debugf(e, "a client is gone");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warnf(e, "the stream of blocks ends behind block %d", after);
    }
  }

  private void send(List<OutboundSseEvent> events)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (OutboundSseEvent event : events) {
      sent.add(sink.send(event).toCompletableFuture());
    }
    var ignored =
        CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
            .get(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
