package dev.indelible.witness.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.disk.FolderLockedException;
import dev.indelible.witness.testing.FileTree;
import dev.indelible.witness.testing.TestLog;
import dev.indelible.witness.testing.TestLogServer;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.LogClient;
import dev.indelible.witness.tiles.Pace;
import dev.indelible.witness.tiles.Patience;
import dev.indelible.witness.tiles.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a mirror takes over, and what it does not.
class MirrorTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final TestLog LIAR = LOG.forkAt(40);
  private static final Patience PATIENCE =
      new Patience(3, Duration.ZERO, Duration.ofSeconds(20), time -> {});

  @TempDir Path scratch;
  private TestLogServer server;
  private LogClient client;
  private MirrorFolder folder;
  private Path copy;

  @BeforeEach
  void start() throws IOException {
    server = new TestLogServer(LOG, 600);
    client = new LogClient(server.url(), PATIENCE);
    copy = scratch.resolve("copy");
    folder = MirrorFolder.open(copy);
  }

  @AfterEach
  void stop() throws IOException {
    folder.close();
    client.close();
    server.close();
  }

  @Test
  void isByteForByteWhatTheLogServes() throws Exception {
    for (int size : new int[] {0, 1, 255, 256, 257, 600, 65_536, 65_537, 70_000}) {
      try (TestLogServer other = new TestLogServer(LOG, size);
          LogClient log = new LogClient(other.url(), PATIENCE);
          MirrorFolder fresh = MirrorFolder.open(scratch.resolve("size " + size))) {
        assertInstanceOf(Outcome.Published.class, mirror(log, fresh).round());
        assertEquals(FileTree.of(other), FileTree.of(scratch.resolve("size " + size)));
        assertInstanceOf(Outcome.Unchanged.class, mirror(log, fresh).round());
      }
    }
  }

  @Test
  void growsWithTheLogAndFetchesOnlyWhatIsNew() throws Exception {
    round();
    server.requests();
    for (int size : new int[] {601, 700, 768, 769, 66_000, 70_000}) {
      server.publish(size);
      assertEquals(new Outcome.Published(LOG.head(size)), round());
      Map<String, String> here = FileTree.of(copy);
      FileTree.of(server).forEach((path, content) -> assertEquals(content, here.get(path), path));
      // Of each other file that is there, the log serves the same.
      here.keySet().forEach(path -> assertTrue(server.content(path).isPresent(), path));
    }
    assertTrue(
        server.requests().stream().noneMatch(path -> path.matches("tile/(0|entries)/00[01]")));
  }

  @Test
  void keepsThePartialTilesOfWhatItPublishedUntilTheyAreFull() throws Exception {
    round();
    server.publish(650);
    round();
    assertTrue(Files.exists(copy.resolve("tile/0/002.p/88")));
    assertTrue(Files.exists(copy.resolve("tile/entries/002.p/138")));
    server.publish(800);
    round();
    assertTrue(Files.exists(copy.resolve("tile/0/002")));
    assertTrue(Files.notExists(copy.resolve("tile/0/002.p")));
    assertTrue(Files.notExists(copy.resolve("tile/entries/002.p")));
    assertTrue(Files.exists(copy.resolve("tile/1/000.p/2")), "the edge of 600");
  }

  @Test
  void aLogMayGrowMeanwhile() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.onRequest(() -> server.publish(Math.min(600 + asked.incrementAndGet() * 40, 60_000)));
    for (int i = 0; i < 5; i++) {
      assertInstanceOf(Outcome.Published.class, round());
    }
    server.onRequest(() -> {});
    assertInstanceOf(Outcome.Published.class, round());
    Map<String, String> here = FileTree.of(copy);
    FileTree.of(server).forEach((path, content) -> assertEquals(content, here.get(path), path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoint",
        "tile/2/000.p/1",
        "tile/1/001.p/17",
        "tile/1/000",
        "tile/0/200",
        "tile/0/273.p/112",
        "tile/entries/002",
        "tile/entries/273.p/112"
      })
  void publishesNothingThatDoesNotVerify(String path) throws Exception {
    round();
    server.publish(70_000);
    Map<String, String> before = FileTree.of(copy);
    int bits = server.content(path).orElseThrow().length * 8;
    server.flip(path, new SplittableRandom(5).nextInt(bits));

    Outcome outcome = round();
    assertTrue(outcome.verdict().exitCode() != 0, path);
    assertTrue(
        findings(outcome).stream().allMatch(finding -> finding.place().contains(path)),
        outcome::toString);
    Map<String, String> now = FileTree.of(copy);
    before.forEach((file, content) -> assertEquals(content, now.get(file), file));

    server.heal();
    assertEquals(new Outcome.Published(LOG.head(70_000)), round());
  }

  @Test
  void publishesNothingThatIsNotThere() throws Exception {
    for (String path : new String[] {"checkpoint", "tile/0/001", "tile/entries/002.p/88"}) {
      server.fail(path, 404, 1000);
      assertInstanceOf(Outcome.Waiting.class, round(), path);
      assertTrue(folder.checkpoint().isEmpty());
      server.heal();
    }
    assertInstanceOf(Outcome.Published.class, round());
  }

  @Test
  void waitsForTheQuorum() throws Exception {
    server.withoutWitnesses();
    assertInstanceOf(Outcome.Waiting.class, round());
    assertEquals(Map.of(), FileTree.of(copy));
  }

  @Test
  void refusesEveryForkAndWritesNotAByteOfIt() throws Exception {
    round();
    Map<String, String> before = FileTree.of(copy);
    for (int size : new int[] {41, 300, 600, 601, 856, 70_000}) {
      server.serve(LIAR, size);
      Outcome outcome = round();
      Outcome.Contradicted contradicted =
          assertInstanceOf(Outcome.Contradicted.class, outcome, () -> size + ": " + outcome);
      assertTrue(contradicted.fork().orElseThrow().holds(TrustPolicy.parse(LOG.policy())));
      assertEquals(before, FileTree.of(copy));
    }
    // Up to there it is the same log, and then it is not larger.
    server.serve(LIAR, 40);
    assertInstanceOf(Outcome.Unchanged.class, round());
    server.serve(LOG, 700);
    assertInstanceOf(Outcome.Published.class, round());
  }

  @Test
  void mendsWhatHasRottedWhenItNeedsIt() throws Exception {
    round();
    Path rotten = copy.resolve("tile/0/002.p/88");
    byte[] bytes = Files.readAllBytes(rotten);
    // To grow it reads the full tile 2; a stale copy of it is already here.
    server.publish(800);
    Files.write(copy.resolve("tile/0/002"), bytes);
    assertEquals(new Outcome.Published(LOG.head(800)), round());
    Map<String, String> here = FileTree.of(copy);
    FileTree.of(server).forEach((path, content) -> assertEquals(content, here.get(path), path));
  }

  @Test
  void aFolderIsOneLogsAndOneProcesss() throws Exception {
    round();
    assertThrows(FolderLockedException.class, () -> MirrorFolder.open(copy));
    TestLog other = TestLog.create("log.example/trials");
    TrustPolicy both = TrustPolicy.parse(LOG.policyLines() + other.policyLines() + "quorum none\n");
    server.serve(other, 700);
    Mirror mirror = new Mirror(client, both, folder, limits(), time -> {});
    IOException refused = assertThrows(IOException.class, mirror::round);
    assertTrue(String.valueOf(refused.getMessage()).contains("is a mirror of log.example/claims"));
  }

  private Outcome round() throws IOException, InterruptedException {
    return mirror(client, folder).round();
  }

  private static Mirror mirror(LogClient log, MirrorFolder folder) {
    return new Mirror(log, TrustPolicy.parse(LOG.policy()), folder, limits(), time -> {});
  }

  private static Walk.Limits limits() {
    return new Walk.Limits(8, Pace.UNBOUNDED);
  }

  private static List<Finding> findings(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Waiting waiting -> waiting.findings();
      case Outcome.Contradicted contradicted -> contradicted.findings();
      default -> List.of();
    };
  }
}
