package dev.indelible.witness.tiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.testing.TestLog;
import dev.indelible.witness.testing.TestLogServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reading from servers that mean well and from others.
class LogClientTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final Tile BUNDLE = new Tile(Tile.ENTRIES, 1, 256);

  private final List<Duration> slept = new ArrayList<>();
  private TestLogServer server;
  private LogClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestLogServer(LOG, 600);
    Patience patience = new Patience(4, Duration.ofMillis(100), Duration.ofSeconds(20), slept::add);
    client = new LogClient(server.url() + "//", patience);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void asksLessAndLessOftenAndThenNoMore() throws Exception {
    server.fail("tile/entries/001", 503, 3);
    assertArrayEquals(LOG.tile(BUNDLE), client.read(BUNDLE));
    assertEquals(
        List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)), slept);
    server.fail("tile/entries/001", 503, 100);
    UnavailableException gone = assertThrows(UnavailableException.class, () -> client.read(BUNDLE));
    assertEquals("tile/entries/001", gone.place());
    assertFalse(gone.isAbsent());
    assertEquals(1 + 3 + 4, server.requests().size());
  }

  @Test
  void doesNotAskAgainForWhatIsNotThere() {
    server.fail("tile/entries/001", 404, 100);
    assertTrue(assertThrows(UnavailableException.class, () -> client.read(BUNDLE)).isAbsent());
    assertEquals(List.of(), slept);
  }

  @Test
  void takesTheBeginningOfTheFullTileWhenThePartialOneIsGone() throws Exception {
    server.publish(800);
    for (Tile partial : List.of(new Tile(0, 2, 88), new Tile(Tile.ENTRIES, 2, 88))) {
      assertArrayEquals(LOG.tile(partial), client.read(partial));
    }
  }

  @Test
  void readsNoMoreThanALogMayServe() {
    // Compressed it is 20 KB, and behind it are 20 MB.
    server.compressed();
    server.change("tile/entries/001", ignored -> new byte[20_000_000]);
    String message =
        assertThrows(UnavailableException.class, () -> client.read(BUNDLE)).getMessage();
    assertTrue(message.contains("behind the compression"), message);
    server.change("checkpoint", ignored -> new byte[1_000_000]);
    assertThrows(UnavailableException.class, () -> client.checkpoint());
  }

  @Test
  void saysThatNobodyAnswers() {
    server.close();
    assertFalse(assertThrows(UnavailableException.class, () -> client.checkpoint()).isAbsent());
    assertThrows(IllegalArgumentException.class, () -> LogClient.prefix("gopher://log.example"));
  }
}
