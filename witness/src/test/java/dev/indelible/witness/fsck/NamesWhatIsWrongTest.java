package dev.indelible.witness.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.testing.TestLog;
import dev.indelible.witness.testing.TestLogServer;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.SignedHead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever bit of a log is flipped, it is found, and the tile, entry or checkpoint it is in is
/// named, and nothing else.
class NamesWhatIsWrongTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final long SEED = 20_261_120;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private TestLogServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyHashOfEveryTileOfASmallLog() throws Exception {
    server = new TestLogServer(LOG, 600);
    for (String tile :
        server.paths().stream().filter(path -> path.matches("tile/\\d.*")).toList()) {
      int hashes = server.content(tile).orElseThrow().length / Hash.LENGTH;
      for (int hash = 0; hash < hashes; hash += hashes > 100 ? 7 : 3) {
        requireNamed(tile, hash * 256 + random.nextInt(256), tile);
      }
    }
  }

  @Test
  void everyEntryOfASmallLogAndEveryLength() throws Exception {
    server = new TestLogServer(LOG, 600);
    for (int first = 0; first < 600; first += 256) {
      String bundle = first < 512 ? "tile/entries/00" + first / 256 : "tile/entries/002.p/88";
      int at = 0;
      for (int i = first; i < Math.min(first + 256, 600); i++) {
        int length = LOG.entry(i).length;
        if (i % 9 == 0) {
          requireEntryNamed(bundle, at * 8 + random.nextInt(16), i);
        }
        if (length > 0 && i % 9 == 1) {
          requireNamed(
              bundle,
              (at + 2 + random.nextInt(length)) * 8 + random.nextInt(8),
              "entry " + i + " (in " + bundle + ")");
        }
        at += 2 + length;
      }
    }
  }

  @Test
  void everyKindOfTileOfALogWithThreeLevels() throws Exception {
    server = new TestLogServer(LOG, 70_000);
    for (String tile :
        List.of(
            "tile/0/000",
            "tile/0/255",
            "tile/0/256",
            "tile/0/273.p/112",
            "tile/1/000",
            "tile/1/001.p/17",
            "tile/2/000.p/1")) {
      int bits = server.content(tile).orElseThrow().length * 8;
      requireNamed(tile, random.nextInt(bits), tile);
    }
    requireEntryNamed("tile/entries/000", 3, 0);
    requireEntryNamed("tile/entries/273.p/112", 8, 273 * 256);
  }

  @Test
  void tilesThatAreTooShortOrTooLong() throws Exception {
    server = new TestLogServer(LOG, 70_000);
    for (String tile : List.of("tile/0/100", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17")) {
      for (int change : new int[] {-8192, -32, -1, 1, 32}) {
        server.change(tile, bytes -> Arrays.copyOf(bytes, Math.max(0, bytes.length + change)));
        requireOnly(tile);
        server.heal();
      }
    }
  }

  @Test
  void bundlesThatAreTooShortOrTooLong() throws Exception {
    server = new TestLogServer(LOG, 600);
    String bundle = "tile/entries/001";
    server.change(bundle, bytes -> Arrays.copyOf(bytes, bytes.length + 2));
    requireOnly(bundle);
    server.change(bundle, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    requireOnly("entry 511 (in " + bundle + ")");
    server.change(bundle, bytes -> new byte[0]);
    requireOnly("entries 256 to 511 (in " + bundle + ")");
  }

  @Test
  void severalAtOnce() throws Exception {
    server = new TestLogServer(LOG, 70_000);
    server.flip("tile/1/000", 700);
    server.flip("tile/1/001.p/17", 9);
    server.flip("tile/0/200", 4000);
    server.flip("tile/0/273.p/112", 77);
    server.flip("tile/entries/003", 8 * (2 + 2 + LOG.entry(769).length) - 1);
    Report report = run();
    assertEquals(Verdict.CONTRADICTED, report.verdict());
    assertEquals(
        Set.of(
            "tile/1/000",
            "tile/1/001.p/17",
            "tile/0/200",
            "tile/0/273.p/112",
            "entry 769 (in tile/entries/003)"),
        places(report),
        report.text());
  }

  @Test
  void theWholeRightEdgeAtOnce() throws Exception {
    server = new TestLogServer(LOG, 70_000);
    List<String> edge = List.of("tile/2/000.p/1", "tile/1/001.p/17", "tile/0/273.p/112");
    edge.forEach(tile -> server.flip(tile, 5));
    server.flip("tile/0/258", 8191 * 8);
    Report report = run();
    assertEquals(Verdict.CONTRADICTED, report.verdict());
    assertTrue(places(report).containsAll(edge), report.text());
    assertTrue(places(report).contains("tile/0/258"), report.text());
    assertEquals(4, places(report).size(), report.text());
  }

  @Test
  void aTileAndAnEntryOfItAtOnce() throws Exception {
    server = new TestLogServer(LOG, 600);
    server.flip("tile/0/001", 256 * 9);
    server.flip("tile/entries/001", 8 * 4);
    Report report = run();
    assertEquals(
        Set.of("tile/0/001", "entry 256 (in tile/entries/001)"), places(report), report.text());
  }

  @Test
  void everyByteOfTheCheckpoint() throws Exception {
    server = new TestLogServer(LOG, 600);
    TrustPolicy policy = TrustPolicy.parse(LOG.policy());
    byte[] note = server.content("checkpoint").orElseThrow();
    assertTrue(SignedHead.of(text(note), policy).opened().witnessed());
    int refused = 0;
    for (int i = 0; i < note.length; i += 5) {
      byte[] flipped = note.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      try {
        // A signature line that names nobody is nobody's; the quorum misses it all the same.
        assertTrue(!SignedHead.of(text(flipped), policy).opened().witnessed(), "byte " + i);
      } catch (VerificationException expected) {
        refused++;
      }
    }
    assertTrue(refused > note.length / 10);
  }

  @Test
  void theCheckpointByName() throws Exception {
    server = new TestLogServer(LOG, 600);
    byte[] note = server.content("checkpoint").orElseThrow();
    for (int i = 0; i < note.length; i += 401) {
      server.flip("checkpoint", i * 8 + random.nextInt(8));
      Report report = run();
      assertNotEquals(Verdict.MATCHES, report.verdict(), "byte " + i);
      assertEquals(Set.of("checkpoint"), places(report), report.text());
      server.heal();
    }
  }

  @Test
  void aRootThatIsNotThatOfTheTiles() throws Exception {
    // Signed by everybody, and still not the log that is served.
    server = new TestLogServer(LOG, 600);
    String other = LOG.forkAt(300).witnessed(600);
    server.change("checkpoint", ignored -> other.getBytes(StandardCharsets.UTF_8));
    Report report = run();
    assertEquals(Verdict.CONTRADICTED, report.verdict());
    assertEquals(Set.of("checkpoint"), places(report), report.text());
    assertTrue(report.text().contains(LOG.head(600).root().toBase64()), report.text());
    assertTrue(report.text().contains(LOG.forkAt(300).head(600).root().toBase64()));
  }

  @Test
  void whatIsWrongInARangeButNotOutsideOfIt() throws Exception {
    server = new TestLogServer(LOG, 70_000);
    server.flip("tile/entries/100", 8 * 4);
    assertEquals(Verdict.MATCHES, run("--from", "0", "--to", "25600").verdict());
    assertEquals(Verdict.MATCHES, run("--from", "25856").verdict());
    Report inside = run("--from", "25601", "--to", "25602");
    assertEquals(Verdict.CONTRADICTED, inside.verdict());
    server.flip("tile/1/000", 99);
    Report above = run("--from", "0", "--to", "1");
    assertEquals(Set.of("tile/1/000"), places(above), above.text());
  }

  @Test
  void moreThanAnybodyWantsToRead() throws Exception {
    server = new TestLogServer(LOG, 70_000);
    for (int i = 0; i < 273; i++) {
      server.flip("tile/entries/%03d".formatted(i), 8 * 4);
    }
    Report report = run();
    assertEquals(Verdict.CONTRADICTED, report.verdict());
    assertEquals(200, report.tally().findings().size());
    assertTrue(report.text().contains("… and 73 more"), report.text());
  }

  private void requireNamed(String path, int bit, String place) throws Exception {
    server.flip(path, bit);
    requireOnly(place);
    server.heal();
  }

  private void requireOnly(String place) throws Exception {
    Report report = run();
    assertEquals(Verdict.CONTRADICTED, report.verdict(), place);
    assertEquals(Set.of(place), places(report), report.text());
  }

  /// A wrong length also moves what is behind it.
  private void requireEntryNamed(String bundle, int bit, int entry) throws Exception {
    server.flip(bundle, bit);
    Report report = run();
    assertEquals(Verdict.CONTRADICTED, report.verdict());
    String first = report.tally().findings().getFirst().place();
    assertTrue(
        first.equals("entry " + entry + " (in " + bundle + ")")
            || first.startsWith("entries " + entry + " to "),
        () -> "entry " + entry + ":\n" + report.text());
    places(report).forEach(place -> assertTrue(place.contains(bundle), report.text()));
    server.heal();
  }

  private static Set<String> places(Report report) {
    return report.tally().findings().stream().map(Finding::place).collect(Collectors.toSet());
  }

  private Report run(String... options) throws Exception {
    return Checks.run(server, LOG, folder, options);
  }

  private static String text(byte[] note) {
    return new String(note, StandardCharsets.UTF_8);
  }
}
