package dev.indelible.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Subtree;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.SubtreeStatement;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.witness.testing.TestLog;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// `sign-subtree` by the sentences of C2SP tlog-witness (commit 5ba5ee8). The witness has cosigned
/// 9 leaves and then 14.
@TestInstance(Lifecycle.PER_CLASS)
class SignSubtreeTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final TestLog STRANGER = TestLog.create("log.example/unknown");

  @TempDir static Path folder;
  private RunningWitness witness;
  private VerifierKey key;
  private String nine;
  private String fourteen;

  @BeforeAll
  void start() throws Exception {
    List<String> keys = List.of(RunningWitness.ED25519, RunningWitness.ML_DSA_44);
    witness = RunningWitness.start(LOG.policyLines(), keys, folder);
    key = witness.cosigners.signers().getLast().key();
    nine = text(9) + "\n" + witness.addCheckpoint(LOG.request(0, 9)).body();
    fourteen = text(14) + "\n" + witness.addCheckpoint(LOG.request(9, 14)).body();
  }

  @AfterAll
  void stop() throws IOException {
    witness.close();
  }

  @Test
  void cosignsEverySubtreeOfACheckpointThatItCosigned() throws Exception {
    int signed = 0;
    for (int start = 0; start < 14; start++) {
      for (int end = start + 1; end <= 14; end++) {
        if (isSubtree(start, end)) {
          HttpResponse<String> answer = post(request(start, end, 14) + "\n" + fourteen);
          assertEquals(200, answer.statusCode(), answer.body());
          requireSigned(answer.body(), start, end);
          signed++;
        }
      }
    }
    assertTrue(signed > 30, signed + " subtrees");
  }

  @Test
  void statelesslyAnOlderCheckpointWithOurCosignatureWillDo() throws Exception {
    // SPEC: "Statelessly, by checking a cosignature from its own key on the submitted checkpoint."
    HttpResponse<String> answer = post(request(4, 8, 9) + "\n" + nine);
    assertEquals(200, answer.statusCode(), answer.body());
    requireSigned(answer.body(), 4, 8);
    // Each of our keys alone is enough.
    for (NoteSignature line : SignedNote.parse(nine).signatures()) {
      String once = new SignedNote(text(9), List.of(line)).print();
      assertEquals(200, post(request(4, 8, 9) + "\n" + once).statusCode());
    }
  }

  @Test
  void statefullyTheLastCheckpointNeedsNoSignature() throws Exception {
    // SPEC: "The client MAY omit the signatures entirely […]. If signatures are omitted, the body
    // MUST terminate with the newline character that concludes the checkpoint body".
    HttpResponse<String> answer = post(request(8, 13, 14) + "\n" + text(14));
    assertEquals(200, answer.statusCode(), answer.body());
    requireSigned(answer.body(), 8, 13);
    assertEquals(403, post(request(4, 8, 9) + "\n" + text(9)).statusCode());
  }

  @Test
  void takesSubtreeCosignaturesThatHoldAndIgnoresUnknownOnes() throws Exception {
    SubtreeStatement statement = statement(8, 13);
    String byLog = LOG.lasting().sign(statement).line();
    String byStranger = STRANGER.lasting().sign(statement(0, 8)).line();
    String ok = withCosignatures(byLog + byStranger);
    assertEquals(200, post(ok).statusCode());
    // SPEC: "If present, they MUST encode a valid cosignature on the subtree. […] the timestamp
    // MUST be zero."
    String other = LOG.lasting().sign(statement(0, 8)).line();
    assertEquals(403, post(withCosignatures(other)).statusCode());
    String timed = LOG.lasting().sign(text(14), 1).line();
    assertEquals(403, post(withCosignatures(timed)).statusCode());
    // SPEC: "The client MUST NOT send more than 8 subtree cosignature lines."
    assertEquals(200, post(withCosignatures(byStranger.repeat(8))).statusCode());
    assertEquals(400, post(withCosignatures(byStranger.repeat(9))).statusCode());
  }

  @Test
  void refusesWhatIsNoSubtreeOfTheCheckpoint() throws Exception {
    // SPEC: "start MUST be less than end, and end MUST be less than or equal to the checkpoint
    // size.
    // Otherwise, the witness MUST respond with a '400 Bad Request' HTTP status code."
    for (String range :
        List.of(
            "8 8", "13 8", "8 15", "8 16", "1 3", "4 13", "08 13", "8 013", "8", "8 13 ", "8  13",
            " 8 13", "8 13 14", "a b", "-8 13", "+8 13")) {
      String request = request(8, 13, 14).replaceFirst("subtree 8 13", "subtree " + range);
      assertEquals(400, post(request + "\n" + fourteen).statusCode(), range);
    }
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    String request = request(8, 13, 14);
    String hash = LOG.subtree(8, 13).toBase64();
    for (String body :
        List.of(
            "",
            request,
            request + "\n",
            request + "\n\n" + fourteen,
            request.replaceFirst("subtree", "tree") + "\n" + fourteen,
            request.replaceFirst(java.util.regex.Pattern.quote(hash), "AAAA") + "\n" + fourteen,
            "subtree 8 13\n\n" + fourteen,
            request + "no hash\n\n" + fourteen,
            request + TestLog.lines(Collections.nCopies(64, LOG.head(1).root())) + "\n" + fourteen,
            request + "\n" + text(14).stripTrailing(),
            request + "\n" + text(14) + "\n",
            request + "\n" + fourteen + fourteen.substring(fourteen.indexOf("— ")).repeat(4))) {
      assertEquals(400, post(body).statusCode(), body);
    }
  }

  @Test
  void refusesLogsItDoesNotKnow() throws Exception {
    String body = request(8, 13, 14) + "\n" + STRANGER.signed(14);
    assertEquals(404, post(body).statusCode());
  }

  @Test
  void refusesCheckpointsThatItHasNotCosigned() throws Exception {
    // SPEC: "The witness MUST verify that the checkpoint is consistent with its view of the log".
    assertEquals(403, post(request(8, 13, 20) + "\n" + LOG.signed(20)).statusCode());
    TestLog fork = LOG.fork();
    String forked =
        "subtree 8 13\n"
            + fork.subtree(8, 13)
            + "\n"
            + TestLog.lines(fork.subtreeProof(8, 13, 14))
            + "\n";
    assertEquals(403, post(forked + fork.signed(14)).statusCode());
    // Our signatures of another checkpoint.
    String borrowed = fourteen.substring(fourteen.indexOf("— "));
    String note = new Checkpoint(LOG.origin(), fork.head(14)).text() + "\n" + borrowed;
    assertEquals(403, post(forked + note).statusCode());
  }

  @Test
  void refusesProofsThatProveNothing() throws Exception {
    // SPEC: "If the Merkle Consistency Proof doesn't verify, the witness MUST respond with a '422
    // Unprocessable Entity' HTTP status code."
    String hash = LOG.subtree(8, 13).toBase64();
    String other = LOG.fork().subtree(8, 13).toBase64();
    String proof = TestLog.lines(LOG.subtreeProof(8, 13, 14));
    String surplus = LOG.head(1).root() + "\n";
    for (String head :
        List.of(
            "subtree 8 13\n" + hash + "\n",
            "subtree 8 13\n" + other + "\n" + proof,
            "subtree 8 12\n" + hash + "\n" + proof,
            "subtree 0 5\n" + hash + "\n" + proof,
            "subtree 8 13\n" + hash + "\n" + proof + surplus)) {
      HttpResponse<String> answer = post(head + "\n" + fourteen);
      assertEquals(422, answer.statusCode(), head);
      assertFalse(answer.body().contains("—"));
    }
  }

  @Test
  void isNotOfferedWithoutAKeyThatCanSignSubtrees() throws Exception {
    Path own = Files.createTempDirectory(folder, "seen");
    List<String> classic = List.of(RunningWitness.ED25519);
    try (RunningWitness other = RunningWitness.start(LOG.policyLines(), classic, own)) {
      other.addCheckpoint(LOG.request(0, 14));
      String body = request(8, 13, 14) + "\n" + text(14);
      assertEquals(404, other.post("/sign-subtree", body).statusCode());
    }
  }

  /// SPEC: "The response body MUST be a sequence of one or more note signature lines for the
  /// subtree […]. If the cosignature format supports timestamps, the timestamp MUST be zero."
  private void requireSigned(String body, int start, int end) {
    List<NoteSignature> lines = SignedNote.parse("-\n\n" + body).signatures();
    assertEquals(1, lines.size());
    assertTrue(key.claims(lines.getFirst()));
    assertEquals(0, key.time(lines.getFirst()));
    assertTrue(key.verify(statement(start, end), lines.getFirst()), start + " " + end);
  }

  private static SubtreeStatement statement(int start, int end) {
    return new SubtreeStatement(LOG.origin(), new Subtree(start, end), LOG.subtree(start, end));
  }

  private String withCosignatures(String lines) {
    Hash hash = LOG.subtree(8, 13);
    String proof = TestLog.lines(LOG.subtreeProof(8, 13, 14));
    return "subtree 8 13\n" + hash + "\n" + lines + proof + "\n" + fourteen;
  }

  private static String request(int start, int end, int size) {
    return "subtree "
        + start
        + " "
        + end
        + "\n"
        + LOG.subtree(start, end)
        + "\n"
        + TestLog.lines(LOG.subtreeProof(start, end, size));
  }

  private static String text(int size) {
    return new Checkpoint(LOG.origin(), LOG.head(size)).text();
  }

  private static boolean isSubtree(int start, int end) {
    int width = 1;
    while (width < end - start) {
      width *= 2;
    }
    return start % width == 0;
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return witness.post("/sign-subtree", body);
  }
}
