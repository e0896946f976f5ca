package dev.indelible.witness.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.testing.TestLog;
import dev.indelible.witness.testing.TestLogServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log that is as it should be, and one that cannot be read; what is wrong in a log is the matter
/// of [NamesWhatIsWrongTest].
class FsckTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");

  @TempDir Path folder;

  @Test
  void everyTileAndEntryOfAHonestLogIsRight() throws Exception {
    for (int size : new int[] {0, 1, 2, 255, 256, 257, 511, 512, 600, 65_536, 70_000}) {
      try (TestLogServer server = new TestLogServer(LOG, size)) {
        Report report = check(server);
        assertEquals(Verdict.MATCHES, report.verdict(), report.text());
        assertEquals(size, report.tally().entries(), report.text());
        for (int level = 0; level < 4; level++) {
          int hashes = size >> (8 * level);
          long tiles = (hashes + Tile.FULL - 1) / Tile.FULL;
          assertEquals(tiles, report.tally().tiles().getOrDefault(level, 0L), report.text());
        }
        // Nothing twice, and nothing that a log of this size does not have.
        assertEquals(
            server.paths().stream().sorted().toList(),
            server.requests().stream().sorted().toList());
      }
    }
  }

  @Test
  void aLogMayGrowMeanwhile() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 1500)) {
      AtomicInteger asked = new AtomicInteger();
      // After a few requests the partial tiles of 1500 are gone; the full ones are there instead.
      server.onRequest(
          () -> {
            if (asked.incrementAndGet() % 2 == 0) {
              server.publish(Math.min(server.size() + 331, 70_000));
            }
          });
      Report report = check(server);
      assertEquals(Verdict.MATCHES, report.verdict(), report.text());
      assertEquals(1500, report.tally().entries());
      assertTrue(server.size() > 1536);
      assertTrue(server.requests().contains("tile/entries/005"), "the full bundle instead");
    }
  }

  @Test
  void looksAtARangeAndTheTilesAboveItOnly() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 70_000)) {
      Report report = check(server, "--from", "66000", "--to", "66600");
      assertEquals(Verdict.MATCHES, report.verdict(), report.text());
      assertEquals(
          List.of(
              "checkpoint",
              "tile/0/257",
              "tile/0/258",
              "tile/0/259",
              "tile/0/260",
              "tile/0/273.p/112",
              "tile/1/001.p/17",
              "tile/2/000.p/1",
              "tile/entries/257",
              "tile/entries/258",
              "tile/entries/259",
              "tile/entries/260"),
          server.requests().stream().sorted().toList());
      assertEquals(Verdict.MATCHES, check(server, "--from", "69999").verdict());
      assertEquals(Verdict.MATCHES, check(server, "--to", "1").verdict());
      assertTrue(server.requests().contains("tile/1/000"));
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, check(server, "--to", "70001").verdict());
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, check(server, "--from", "70001").verdict());
    }
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    Path state = folder.resolve("state");
    try (TestLogServer server = new TestLogServer(LOG, 1000)) {
      assertEquals(Verdict.MATCHES, check(server, "--state", state.toString()).verdict());
      assertTrue(Files.readString(state).startsWith(LOG.origin() + "\n1000\n"));
      server.requests();

      server.publish(70_000);
      Report grown = check(server, "--state", state.toString());
      assertEquals(Verdict.MATCHES, grown.verdict(), grown.text());
      List<String> requests = server.requests();
      assertTrue(requests.contains("tile/entries/003"), "the bundle that was partial");
      assertTrue(!requests.contains("tile/entries/002"), "a bundle that was right already");
      assertTrue(Files.readString(state).startsWith(LOG.origin() + "\n70000\n"));

      assertEquals(Verdict.MATCHES, check(server, "--state", state.toString()).verdict());
      assertEquals(
          List.of(), server.requests().stream().filter(path -> path.contains("entries")).toList());
    }
  }

  @Test
  void remembersHowFarItCameWhenItIsInterrupted() throws Exception {
    Path state = folder.resolve("state");
    try (TestLogServer server = new TestLogServer(LOG, 140_000)) {
      server.fail("tile/entries/300", 404, 1000);
      server.fail("tile/entries/301", 404, 1000);
      server.fail("tile/entries/302", 404, 1000);
      server.fail("tile/entries/303", 404, 1000);
      Report interrupted = check(server, "--state", state.toString());
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, interrupted.verdict(), interrupted.text());
      assertTrue(Files.readString(state).startsWith(LOG.origin() + "\n65536\n"));
      server.heal();
      server.requests();

      Report resumed = check(server, "--state", state.toString());
      assertEquals(Verdict.MATCHES, resumed.verdict(), resumed.text());
      assertEquals(140_000 - 65_536, resumed.tally().entries());
      assertTrue(!server.requests().contains("tile/entries/255"));
    }
  }

  @Test
  void noticesThatTheBeginningChangedSinceTheLastRun() throws Exception {
    Path state = folder.resolve("state");
    try (TestLogServer server = new TestLogServer(LOG, 1000)) {
      check(server, "--state", state.toString());
      String before = Files.readString(state);

      server.serve(LOG.forkAt(900), 1200);
      Report forked = check(server, "--state", state.toString());
      assertEquals(Verdict.CONTRADICTED, forked.verdict(), forked.text());
      assertTrue(forked.text().contains("checkpoint: its first 1000 leaves are not those"));

      server.serve(LOG, 900);
      Report older = check(server, "--state", state.toString());
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, older.verdict(), older.text());
      assertTrue(older.text().contains("set back"), older.text());

      assertEquals(before, Files.readString(state), "only what is right is remembered");
      server.serve(LOG.forkAt(1000), 1200);
      assertEquals(Verdict.MATCHES, check(server, "--state", state.toString()).verdict());
    }
  }

  @Test
  void readsCompressedBundles() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 600)) {
      server.compressed();
      assertEquals(Verdict.MATCHES, check(server).verdict());
    }
  }

  @Test
  void asksAgainWhenTheServerIsBusy() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 600)) {
      server.fail("checkpoint", 429, 2);
      server.fail("tile/0/001", 503, 3);
      server.fail("tile/entries/001", 500, 1);
      assertEquals(Verdict.MATCHES, check(server).verdict());
    }
  }

  @Test
  void whatCannotBeReadIsNeitherRightNorWrong() throws Exception {
    for (String path : List.of("checkpoint", "tile/0/001", "tile/1/000.p/2", "tile/entries/001")) {
      for (int status : new int[] {403, 404, 500}) {
        try (TestLogServer server = new TestLogServer(LOG, 600)) {
          server.fail(path, status, 1000);
          Report report = check(server);
          assertEquals(Verdict.COULD_NOT_BE_CHECKED, report.verdict(), report.text());
          assertTrue(report.text().contains("? " + path + ": "), report.text());
        }
      }
    }
  }

  @Test
  void aMissingTileAboveOthersIsMadeFromThem() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 70_000)) {
      server.fail("tile/1/000", 404, 1000);
      Report report = check(server);
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, report.verdict(), report.text());
      assertEquals(1, report.tally().findings().size(), report.text());
      assertEquals(70_000, report.tally().entries(), "everything else is right");
    }
  }

  @Test
  void givesUpWhenTheLogGoesAway() throws Exception {
    TestLogServer server = new TestLogServer(LOG, 70_000);
    AtomicInteger asked = new AtomicInteger();
    server.onRequest(
        () -> {
          if (asked.incrementAndGet() == 100) {
            for (int i = 0; i < 274; i++) {
              server.fail("tile/entries/%03d".formatted(i), 500, 1_000_000);
            }
          }
        });
    try (server) {
      Report report = check(server);
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, report.verdict());
      assertTrue(report.tally().findings().size() < 20, report.text());
      assertTrue(report.text().contains("given up here"), report.text());
    }
  }

  @Test
  void withoutItsQuorumACheckpointDoesNotSuffice() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 600)) {
      server.withoutWitnesses();
      Report report = check(server);
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, report.verdict(), report.text());
      assertTrue(report.text().contains("? checkpoint: fewer cosignatures"), report.text());
      assertEquals(600, report.tally().entries(), "the rest is checked all the same");
    }
  }

  @Test
  void waitsForTheQuorumOfALogThatGrows() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 600)) {
      AtomicInteger asked = new AtomicInteger();
      String unwitnessed = LOG.signed(600);
      server.change(
          "checkpoint",
          witnessed -> asked.incrementAndGet() < 5 ? unwitnessed.getBytes() : witnessed);
      assertEquals(Verdict.MATCHES, check(server).verdict());
      assertEquals(5, asked.get());
    }
  }

  @Test
  void aLogOfAnotherNameIsNotTheOneAskedFor() throws Exception {
    try (TestLogServer server = new TestLogServer(LOG, 600)) {
      assertEquals(Verdict.MATCHES, check(server, "--origin", LOG.origin()).verdict());
      Report other = check(server, "--origin", "log.example/trials");
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, other.verdict(), other.text());
    }
    TestLog stranger = TestLog.create("log.example/unknown");
    try (TestLogServer server = new TestLogServer(stranger, 600)) {
      Report unknown = check(server);
      assertEquals(Verdict.COULD_NOT_BE_CHECKED, unknown.verdict(), unknown.text());
      assertTrue(unknown.text().contains("UNKNOWN_LOG"), unknown.text());
    }
  }

  private Report check(TestLogServer server, String... options) throws Exception {
    return Checks.run(server, LOG, folder, options);
  }
}
