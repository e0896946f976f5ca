package dev.indelible.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.disk.FolderLockedException;
import dev.indelible.witness.testing.TestLog;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a witness does for logs that behave, and what it keeps in mind; its refusals are in
/// [WitnessRefusalsTest].
class WitnessTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final TestLog STRANGER = TestLog.create("log.example/unknown");
  private static final List<String> BOTH =
      List.of(RunningWitness.ED25519, RunningWitness.ML_DSA_44);

  @TempDir Path folder;
  private RunningWitness witness;

  @BeforeEach
  void start() throws IOException {
    witness = RunningWitness.start(LOG.policyLines(), BOTH, folder);
  }

  @AfterEach
  void stop() throws IOException {
    witness.close();
  }

  @Test
  void cosignsEveryConsistentGrowthWithBothKeys() throws Exception {
    int before = 0;
    for (int size : List.of(0, 1, 2, 3, 7, 8, 8, 21, 64)) {
      HttpResponse<String> answer = witness.addCheckpoint(LOG.request(before, size));
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals(2, answer.body().lines().count());
      SignedNote note = SignedNote.parse(LOG.signed(size) + answer.body());
      OpenedCheckpoint opened = policy(witness.cosigners).open(note);
      assertTrue(opened.witnessed());
      opened
          .cosignatures()
          .forEach(line -> assertEquals(RunningWitness.NOW, line.time(), line::toString));
      before = size;
    }
  }

  @Test
  void cosignsWithTheKeysItHas() throws Exception {
    for (String pem : BOTH) {
      Path own = Files.createTempDirectory(folder, "seen");
      try (RunningWitness one = RunningWitness.start(LOG.policyLines(), List.of(pem), own)) {
        String line = one.addCheckpoint(LOG.request(0, 5)).body();
        assertEquals(1, line.lines().count());
        SignedNote note = SignedNote.parse(LOG.signed(5) + line);
        assertTrue(policy(one.cosigners).open(note).witnessed());
        assertEquals(one.cosigners.vkeys(), one.get("/").body());
      }
    }
  }

  @Test
  void readsBothKeysFromOneFile() {
    String pem = RunningWitness.ED25519 + RunningWitness.ML_DSA_44;
    assertEquals(
        witness.cosigners.vkeys(), Cosigners.of(RunningWitness.NAME, List.of(pem)).vkeys());
    for (List<String> wrong :
        List.of(List.<String>of(), List.of(pem, pem), List.of("no key"), List.of("", ""))) {
      assertThrows(IllegalArgumentException.class, () -> Cosigners.of(RunningWitness.NAME, wrong));
    }
  }

  @Test
  void servesWhatItCosignedLast() throws Exception {
    String path = "/" + hash(LOG.origin()) + "/checkpoint";
    assertEquals(404, witness.get(path).statusCode());
    int before = 0;
    for (int size : List.of(3, 3, 8)) {
      String lines = witness.addCheckpoint(LOG.request(before, size)).body();
      HttpResponse<String> answer = witness.get(path);
      assertEquals(200, answer.statusCode());
      assertEquals(
          "text/plain; charset=utf-8", answer.headers().firstValue("Content-Type").orElseThrow());
      SignedNote served = SignedNote.parse(answer.body());
      assertEquals(LOG.head(size), Checkpoint.parse(served.text()).head());
      assertTrue(answer.body().endsWith(lines), answer.body());
      assertTrue(policy(witness.cosigners).open(served).witnessed());
      before = size;
    }
    assertEquals(404, witness.get("/" + hash(STRANGER.origin()) + "/checkpoint").statusCode());
    assertEquals(
        404, witness.get("/" + hash(LOG.origin()).toUpperCase() + "/checkpoint").statusCode());
    assertEquals(404, witness.get("/.lock/checkpoint").statusCode());
  }

  @Test
  void servesNoSignaturesButTheLogsAndItsOwn() throws Exception {
    SignedNote others =
        SignedNote.parse(LOG.signed(5)).with(SignedNote.parse(STRANGER.signed(5)).signatures());
    assertEquals(200, witness.addCheckpoint("old 0\n\n" + others.print()).statusCode());
    SignedNote served =
        SignedNote.parse(witness.get("/" + hash(LOG.origin()) + "/checkpoint").body());
    assertEquals(
        List.of(LOG.origin(), LOG.origin(), RunningWitness.NAME, RunningWitness.NAME),
        served.signatures().stream().map(NoteSignature::name).toList());
  }

  @Test
  void remembersOverARestart() throws Exception {
    witness.addCheckpoint(LOG.request(0, 5));
    stop();
    start();

    assertEquals("5\n", witness.addCheckpoint(LOG.request(0, 8)).body());
    assertEquals(422, witness.addCheckpoint(LOG.fork().request(5, 8)).statusCode());
    assertEquals(200, witness.addCheckpoint(LOG.request(5, 8)).statusCode());
  }

  @Test
  void remembersWhatAnEarlierVersionWrote() throws Exception {
    Files.writeString(
        folder.resolve(hash(LOG.origin())), new Checkpoint(LOG.origin(), LOG.head(5)).text());

    assertEquals(404, witness.get("/" + hash(LOG.origin()) + "/checkpoint").statusCode());
    assertEquals("5\n", witness.addCheckpoint(LOG.request(0, 8)).body());
    assertEquals(200, witness.addCheckpoint(LOG.request(5, 8)).statusCode());
    assertEquals(200, witness.get("/" + hash(LOG.origin()) + "/checkpoint").statusCode());
  }

  @Test
  void refusesAFolderThatIsInUse() throws IOException {
    FolderLockedException refused =
        assertThrows(FolderLockedException.class, () -> SeenCheckpoints.open(folder));
    assertTrue(String.valueOf(refused.getMessage()).contains(folder.toString()));
    stop();
    SeenCheckpoints.open(folder).close();
    start();
  }

  @Test
  void replacesOnlyWhatItDecidedFrom() {
    Checkpoint next = new Checkpoint(LOG.origin(), LOG.head(8));
    SignedNote note = SignedNote.parse(LOG.signed(8));
    TreeHead stale = LOG.head(5);
    assertThrows(IllegalStateException.class, () -> witness.seen.replace(stale, next, note));
    assertEquals(TreeHead.EMPTY, witness.seen.head(LOG.origin()));
  }

  @Test
  void signsNothingThatItCannotRemember() throws Exception {
    witness.addCheckpoint(LOG.request(0, 5));
    // A folder where the new file should be: writing fails whoever we are.
    Path blocked = Files.createDirectory(folder.resolve(hash(LOG.origin()) + ".new"));

    HttpResponse<String> answer = witness.addCheckpoint(LOG.request(5, 8));
    assertEquals(500, answer.statusCode());
    assertFalse(answer.body().contains("—"), answer.body());

    Files.delete(blocked);
    assertEquals("5\n", witness.addCheckpoint(LOG.request(0, 8)).body());
    assertEquals(200, witness.addCheckpoint(LOG.request(5, 8)).statusCode());
  }

  @Test
  void ofTwoGrowthsAtOnceOneIsCosigned() throws Exception {
    int from = 0;
    for (int round = 0; round < 20; round++) {
      List<String> requests = List.of(LOG.request(from, from + 1), LOG.request(from, from + 2));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Integer>> calls =
            requests.stream()
                .<Callable<Integer>>map(r -> () -> witness.addCheckpoint(r).statusCode())
                .toList();
        List<Integer> statuses =
            threads.invokeAll(calls).stream().map(Future::resultNow).sorted().toList();
        assertEquals(List.of(200, 409), statuses);
      }
      int size = (int) witness.seen.head(LOG.origin()).size();
      assertTrue(size > from && size <= from + 2);
      from = size;
    }
  }

  @Test
  void keepsLogsApart() throws Exception {
    TestLog second = TestLog.create("log.example/trials");
    stop();
    witness = RunningWitness.start(LOG.policyLines() + second.policyLines(), BOTH, folder);
    assertEquals(200, witness.addCheckpoint(LOG.request(0, 5)).statusCode());
    assertEquals(200, witness.addCheckpoint(second.request(0, 3)).statusCode());
    assertEquals(200, witness.addCheckpoint(LOG.request(5, 6)).statusCode());
    assertEquals(200, witness.addCheckpoint(second.request(3, 9)).statusCode());
  }

  /// A verifier's policy that asks for every key of the witness.
  private static TrustPolicy policy(Cosigners cosigners) {
    StringBuilder text = new StringBuilder(LOG.policyLines());
    StringBuilder members = new StringBuilder();
    for (VerifierKey key : cosigners.signers().stream().map(s -> s.key()).toList()) {
      text.append("witness ").append(key.type()).append(' ').append(key.vkey()).append('\n');
      members.append(' ').append(key.type());
    }
    return TrustPolicy.parse(text + "group both all" + members + "\nquorum both\n");
  }

  private static String hash(String origin) {
    return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex();
  }
}
