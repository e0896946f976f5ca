package dev.indelible.witness.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.RunningWitness;
import dev.indelible.witness.evidence.Fork;
import dev.indelible.witness.testing.TestLog;
import dev.indelible.witness.testing.TestLogServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log that shows different people different things, and one that does not.
class MonitorTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final TestLog LIAR = LOG.forkAt(40);
  private static final List<String> KEYS = List.of(RunningWitness.ED25519);

  @TempDir Path folder;
  private TestLogServer one;
  private TestLogServer other;
  private Path policy;
  private String output;

  @BeforeEach
  void start() throws IOException {
    one = new TestLogServer(LOG, 600);
    other = new TestLogServer(LOG, 600);
    policy = Files.writeString(folder.resolve("policy"), LOG.policy());
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  @Test
  void aForkOfOneSizeIsRaisedWithBothSignedNotes() throws Exception {
    other.serve(LIAR, 600);
    assertEquals(1, monitor(one.url(), other.url()), output);
    Fork fork = evidence();
    assertEquals(LOG.witnessed(600).split("\n\n")[0], fork.first().note().split("\n\n")[0]);
    assertEquals(
        new String(one.content("checkpoint").orElseThrow(), StandardCharsets.UTF_8),
        fork.first().note());
    assertEquals(
        new String(other.content("checkpoint").orElseThrow(), StandardCharsets.UTF_8),
        fork.second().note());
    assertEquals(one.url() + "/", fork.first().place());
    assertTrue(fork.holds(TrustPolicy.parse(LOG.policy())));
  }

  @Test
  void aForkOfTwoSizesIsRaisedWithTheProofThatThereIsNone() throws Exception {
    for (int[] sizes : new int[][] {{600, 700}, {700, 600}, {41, 600}, {600, 65_537}, {257, 256}}) {
      one.serve(LOG, sizes[0]);
      other.serve(LIAR, sizes[1]);
      assertEquals(1, monitor(one.url(), other.url()), output);
      Fork fork = evidence();
      assertEquals(Math.min(sizes[0], sizes[1]), fork.beginning().size());
      assertTrue(fork.holds(TrustPolicy.parse(LOG.policy())));
      assertEquals(fork.print(), Fork.parse(fork.print()).print());
    }
  }

  @Test
  void sharedBeginningsAreNoFork() throws Exception {
    // Up to entry 40 both are the same log.
    other.serve(LIAR, 40);
    assertEquals(0, monitor(one.url(), other.url()), output);
    other.serve(LIAR, 41);
    assertEquals(1, monitor(one.url(), other.url()), output);
  }

  @Test
  void oneLogAtSeveralPlacesIsOneLog() throws Exception {
    try (RunningWitness witness = RunningWitness.start(LOG.policyLines(), KEYS, seen())) {
      witness.addCheckpoint(LOG.request(0, 255));
      for (int size : new int[] {0, 1, 255, 256, 300, 600, 601, 70_000}) {
        other.publish(size);
        assertEquals(0, monitor(one.url(), other.url(), "--witness", witness.url()), output);
        assertTrue(output.contains("3 views"), output);
      }
    }
    assertNoEvidence();
  }

  @Test
  void whatAWitnessSawConvictsALogThatShowsSomethingElse() throws Exception {
    try (RunningWitness witness = RunningWitness.start(LOG.policyLines(), KEYS, seen())) {
      witness.addCheckpoint(LIAR.request(0, 500));
      assertEquals(1, monitor(one.url(), "--witness", witness.url()), output);
      assertTrue(evidence().holds(TrustPolicy.parse(LOG.policy())));
      one.publish(500);
      assertEquals(1, monitor(one.url(), "--witness", witness.url()), output);

      // The witness is ahead, and nobody shows us the tree it saw: that is not yet proof.
      one.serve(LOG, 400);
      assertEquals(3, monitor(one.url(), "--witness", witness.url()), output);
      assertTrue(output.contains("nobody serves the tree of its checkpoint, 500 leaves"), output);
    }
  }

  @Test
  void asksTheWitnessesOfThePolicy() throws Exception {
    try (RunningWitness witness = RunningWitness.start(LOG.policyLines(), KEYS, seen())) {
      witness.addCheckpoint(LIAR.request(0, 600));
      String text = LOG.policy().replaceFirst("(witness a \\S+)", "$1 " + witness.url());
      Files.writeString(policy, text);
      assertEquals(3, monitor(one.url()), "one view alone");
      assertEquals(1, monitor(one.url(), "--witnesses"), output);
    }
  }

  @Test
  void aLogThatGrowsWhileItIsLookedAtIsNoFork() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    one.onRequest(() -> one.publish(Math.min(600 + asked.incrementAndGet() * 97, 60_000)));
    for (int round = 0; round < 10; round++) {
      assertEquals(0, monitor(one.url(), other.url(), one.url()), output);
    }
    assertNoEvidence();
  }

  @Test
  void faultsOfOthersAreNoFork() throws Exception {
    // With the tiles of the larger tree at one place only, the other cannot help out.
    other.serve(LOG, 300);
    // Tiles that are not those of the checkpoint.
    one.flip("tile/1/000.p/2", 7);
    assertEquals(3, monitor(one.url(), other.url()), output);
    one.heal();
    one.flip("tile/0/001", 7);
    assertEquals(3, monitor(one.url(), other.url()), output);
    one.heal();
    // A checkpoint that somebody else made.
    one.serve(TestLog.create(LOG.origin()), 600);
    assertEquals(3, monitor(one.url(), other.url()), output);
    assertTrue(output.contains("UNSIGNED"), output);
    one.serve(TestLog.create("log.example/trials"), 600);
    assertEquals(3, monitor(one.url(), other.url()), output);
    one.serve(LOG, 600);
    one.flip("checkpoint", 25 * 8);
    assertEquals(3, monitor(one.url(), other.url()), output);
    // Somebody who does not answer.
    one.heal();
    one.fail("checkpoint", 404, 100);
    assertEquals(3, monitor(one.url(), other.url()), output);
    assertNoEvidence();
  }

  @Test
  void comparesWithWhatItSawBefore() throws Exception {
    String state = folder.resolve("state").toString();
    assertEquals(3, monitor(one.url(), "--state", state), "nothing to compare with yet");
    assertEquals(0, monitor(one.url(), "--state", state), output);
    one.publish(700);
    assertEquals(0, monitor(one.url(), "--state", state), output);
    assertTrue(Files.readString(Path.of(state)).startsWith(LOG.origin() + "\n700\n"));

    one.serve(LOG, 650);
    assertEquals(3, monitor(one.url(), "--state", state), "set back, or an old copy");
    one.serve(LIAR, 800);
    assertEquals(1, monitor(one.url(), "--state", state), output);
    assertTrue(Files.readString(Path.of(state)).startsWith(LOG.origin() + "\n700\n"));
    one.serve(LOG, 800);
    assertEquals(0, monitor(one.url(), "--state", state), output);
  }

  @Test
  void looksAgainAndAgainUntilThereIsAFork() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    other.onRequest(
        () -> {
          if (asked.incrementAndGet() == 3) {
            other.serve(LIAR, 600);
          }
        });
    assertEquals(1, monitor(one.url(), other.url(), "--every", "0"), output);
    assertEquals(2, output.lines().filter(line -> line.startsWith("MATCHES")).count(), output);
  }

  @Test
  void evidenceConvincesOthersAndNothingElseDoes() throws Exception {
    one.serve(LOG, 300);
    other.serve(LIAR, 600);
    monitor(one.url(), other.url());
    Path file = evidenceFile();
    assertEquals(1, monitor("--check", file.toString()), output);

    String text = Files.readString(file);
    TestLog stranger = TestLog.create(LOG.origin());
    String honest = LOG.witnessed(600);
    for (String bent :
        List.of(
            "",
            text.replaceFirst("v1", "v2"),
            text.replaceFirst("beginning 300", "beginning 299"),
            text.replaceFirst(
                "(beginning 300) \\S+",
                "$1 " + LOG.head(300).root().toBase64().replace("$", "\\$")),
            text.substring(0, text.indexOf("----- second")),
            text.substring(0, text.indexOf("----- second") + 13) + honest,
            text.substring(0, text.indexOf("----- second") + 13) + stranger.witnessed(600))) {
      Files.writeString(file, bent);
      assertEquals(3, monitor("--check", file.toString()), output);
    }
    Files.writeString(file, text);
    Files.writeString(policy, stranger.policy());
    assertEquals(3, monitor("--check", file.toString()), output);
    TrustPolicy strangers = TrustPolicy.parse(stranger.policy());
    assertThrows(VerificationException.class, () -> Fork.parse(text).holds(strangers));
  }

  @Test
  void knowsWrongUse() throws Exception {
    assertEquals(0, monitor("--help"));
    for (List<String> words :
        List.of(
            List.<String>of(),
            List.of("ftp://log.example"),
            List.of(one.url(), "--origin", "log.example/other"),
            List.of(one.url(), "--every", "soon"),
            List.of(one.url(), "--often"))) {
      assertEquals(2, monitor(words.toArray(String[]::new)), output);
    }
    Files.writeString(policy, "quorum none\n");
    assertEquals(2, monitor(one.url()), "a policy without a log");
  }

  private int monitor(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--policy", policy.toString(), "--evidence", folder.toString()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exit = MonitorMain.run(all, out, out);
    output = bytes.toString(StandardCharsets.UTF_8);
    return exit;
  }

  private Path seen() throws IOException {
    return Files.createTempDirectory(folder, "seen");
  }

  private Fork evidence() throws IOException {
    Path file = evidenceFile();
    assertTrue(output.contains(file.toString()), output);
    Fork fork = Fork.parse(Files.readString(file));
    Files.delete(file);
    return fork;
  }

  private Path evidenceFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("fork-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void assertNoEvidence() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith("fork-")));
    }
  }
}
