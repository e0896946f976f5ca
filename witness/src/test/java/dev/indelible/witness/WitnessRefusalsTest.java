package dev.indelible.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.testing.TestLog;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every failure of `add-checkpoint`, its status and its body, by the sentence of C2SP tlog-witness
/// that asks for it (v1.0.0, and commit 5ba5ee8 where it says more). The witness has cosigned five
/// leaves, and after every refusal it still has.
@TestInstance(Lifecycle.PER_CLASS)
class WitnessRefusalsTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final TestLog FRESH = TestLog.create("log.example/fresh");
  private static final TestLog STRANGER = TestLog.create("log.example/unknown");
  private static final int SEEN = 5;

  @TempDir static Path folder;
  private RunningWitness witness;

  /// A request and what has to come back.
  ///
  /// @param body of the answer; empty where the specification leaves it open
  private record Refusal(String name, String request, int status, String body) {
    @Override
    public String toString() {
      return status + " " + name;
    }
  }

  @BeforeAll
  void start() throws Exception {
    List<String> keys = List.of(RunningWitness.ED25519, RunningWitness.ML_DSA_44);
    witness = RunningWitness.start(LOG.policyLines() + FRESH.policyLines(), keys, folder);
    assertEquals(200, witness.addCheckpoint(LOG.request(0, SEEN)).statusCode());
  }

  @AfterAll
  void stop() throws IOException {
    witness.close();
  }

  @ParameterizedTest
  @MethodSource
  void refuses(Refusal refusal) throws Exception {
    HttpResponse<String> answer = witness.addCheckpoint(refusal.request());

    assertEquals(refusal.status(), answer.statusCode(), answer.body());
    assertFalse(answer.body().contains("—"), "a signature in " + answer.body());
    String type = answer.headers().firstValue("Content-Type").orElseThrow();
    if (refusal.status() == 409) {
      // SPEC: "The response body MUST consist of the tree size of the latest cosigned checkpoint in
      // decimal, followed by a newline (U+000A). The response MUST have a `Content-Type` of
      // `text/x.tlog.size`."
      assertEquals(refusal.body(), answer.body());
      assertEquals("text/x.tlog.size", type);
    } else {
      assertEquals("text/plain; charset=utf-8", type);
    }
    assertEquals(LOG.head(SEEN), witness.seen.head(LOG.origin()));
    assertEquals(0, witness.seen.head(FRESH.origin()).size());
  }

  static Stream<Refusal> refuses() {
    return Stream.of(malformed(), unknown(), unsigned(), conflicts(), inconsistent())
        .flatMap(List::stream);
  }

  /// SPEC: "The request body MUST be a sequence of an old size line, zero or more consistency proof
  /// lines, and an empty line, followed by a checkpoint." Anything else is a bad request.
  private static List<Refusal> malformed() {
    String note = LOG.signed(8);
    Hash hash = LOG.head(1).root();
    return Stream.of(
            List.of("nothing", ""),
            List.of("no blank line", "old 5"),
            List.of("no checkpoint", "old 5\n\n"),
            List.of("no old size", "\n\n" + note),
            // SPEC: "encoded as an ASCII decimal with no leading zeroes".
            List.of("leading zero", "old 05\n\n" + note),
            List.of("sign", "old +5\n\n" + note),
            List.of("negative", "old -5\n\n" + note),
            List.of("not a number", "old x\n\n" + note),
            List.of("Arabic digits", "old \u0665\n\n" + note),
            // SPEC: "the string `old`, a single space (0x20)".
            List.of("other keyword", "size 5\n\n" + note),
            List.of("two spaces", "old  5\n\n" + note),
            List.of("trailing space", "old 5 \n\n" + note),
            List.of("carriage return", "old 5\r\n\r\n" + note),
            // SPEC: "Each consistency proof line MUST encode a single hash in base64."
            List.of("not base64", "old 5\nnot base64\n\n" + note),
            List.of("short hash", "old 5\nAAAA\n\n" + note),
            List.of("two hashes in a line", "old 5\n" + hash + hash + "\n\n" + note),
            List.of("base64 without padding", "old 5\n" + unpadded(hash) + "\n\n" + note),
            // SPEC: "The client MUST NOT send more than 63 consistency proof lines."
            List.of(
                "64 hashes",
                "old 5\n" + TestLog.lines(Collections.nCopies(64, hash)) + "\n" + note),
            // SPEC: "Each line MUST terminate in a newline character (U+000A)."
            List.of("cut off", "old 5\n\n" + note.stripTrailing()),
            List.of("no signature", "old 5\n\n" + note.substring(0, note.indexOf("— "))),
            List.of("not a note", "old 5\n\nno checkpoint\n"),
            List.of(
                "extension line",
                "old 5\n\n" + LOG.signedOnce(LOG.origin() + "\n8\n" + hash + "\nx\n")),
            List.of(
                "size with leading zero",
                "old 5\n\n" + LOG.signedOnce(LOG.origin() + "\n08\n" + hash + "\n")),
            // SPEC: "The old size MUST be equal to or lower than the checkpoint size. Otherwise,
            // the witness MUST respond with a '400 Bad Request' HTTP status code."
            List.of("old size above the checkpoint", "old 9\n\n" + note),
            List.of("old size above, and not the one seen", "old 7\n\n" + LOG.signed(6)))
        .map(row -> new Refusal(row.get(0), row.get(1), 400, ""))
        .toList();
  }

  private static String unpadded(Hash hash) {
    return hash.toBase64().replace("=", "");
  }

  /// SPEC: "If the checkpoint origin is unknown, the witness MUST respond with a '404 Not Found'
  /// HTTP status code."
  private static List<Refusal> unknown() {
    String empty = STRANGER.origin() + "\n0\n" + LOG.head(1).root() + "\n";
    return List.of(
        new Refusal("unknown origin", STRANGER.request(0, 5), 404, ""),
        new Refusal("unknown origin, wrong old size", STRANGER.request(5, 8), 404, ""),
        new Refusal(
            "unknown origin, wrong empty root", "old 0\n\n" + STRANGER.signedOnce(empty), 404, ""));
  }

  /// SPEC: "The witness MUST respond with a '403 Forbidden' HTTP status code if either no signature
  /// from a trusted key for the origin is present, or a signature line's key name and ID match a
  /// trusted key but the signature itself fails to verify".
  private static List<Refusal> unsigned() {
    String honest = LOG.signed(8);
    String text = honest.substring(0, honest.indexOf("— "));
    String by = STRANGER.signed(8).substring(STRANGER.signed(8).indexOf("— "));
    String other = LOG.signed(6).substring(LOG.signed(6).indexOf("— "));
    String empty = LOG.origin() + "\n0\n" + LOG.head(1).root() + "\n";
    SignedNote once = SignedNote.parse(LOG.signedOnce(text.substring(0, text.length() - 1)));
    return List.of(
        new Refusal("signed by a stranger", "old 5\n\n" + text + by, 403, ""),
        new Refusal("signatures of another checkpoint", "old 5\n\n" + text + other, 403, ""),
        new Refusal("one right and one wrong signature", "old 5\n\n" + honest + other, 403, ""),
        // Ours: a log with two key types signs with both, or the stronger one could be left out.
        new Refusal("Ed25519 alone", "old 5\n\n" + once.print(), 403, ""),
        new Refusal("empty root, unsigned", "old 0\n\n" + empty + "\n" + by, 403, ""));
  }

  /// SPEC: "The witness MUST check that the old size matches the size of the latest checkpoint it
  /// cosigned for the checkpoint's origin (or zero if it never cosigned a checkpoint for that
  /// origin). If it doesn't match, the witness MUST respond with a '409 Conflict' HTTP status
  /// code."
  private static List<Refusal> conflicts() {
    return List.of(
        new Refusal("old size zero", LOG.request(0, 8), 409, "5\n"),
        new Refusal("old size too small", LOG.request(4, 8), 409, "5\n"),
        new Refusal("old size too large", LOG.request(6, 8), 409, "5\n"),
        new Refusal("an older checkpoint", LOG.request(3, 4), 409, "5\n"),
        new Refusal("a fork with another old size", LOG.fork().request(3, 8), 409, "5\n"),
        new Refusal("never cosigned", FRESH.request(4, 8), 409, "0\n"));
  }

  /// SPEC: "The proof MUST be empty if the old size is zero. If the Merkle Consistency Proof
  /// doesn't verify, the witness MUST respond with a '422 Unprocessable Entity' HTTP status code."
  private static List<Refusal> inconsistent() {
    String surplus = TestLog.lines(List.of(LOG.head(3).root()));
    String empty = FRESH.origin() + "\n0\n" + LOG.head(1).root() + "\n";
    return List.of(
        new Refusal("no proof", "old 5\n\n" + LOG.signed(8), 422, ""),
        new Refusal("wrong proof", "old 5\n" + surplus + "\n" + LOG.signed(8), 422, ""),
        new Refusal("a fork with its own proof", LOG.fork().request(5, 8), 422, ""),
        new Refusal("a fork of the last leaf", LOG.forkAt(4).request(5, 8), 422, ""),
        new Refusal("proof from zero", "old 0\n" + surplus + "\n" + FRESH.signed(8), 422, ""),
        new Refusal("proof to the same", "old 5\n" + surplus + "\n" + LOG.signed(5), 422, ""),
        // SPEC (5ba5ee8): the root hashes of equal sizes have to be identical, "Otherwise, the
        // witness MUST respond with a '422 Unprocessable Entity'"; the tag v1.0.0 says 409 here.
        new Refusal("same size, another root", LOG.fork().request(5, 5), 422, ""),
        // SPEC (5ba5ee8): "A checkpoint of size zero MUST have the root hash of the empty tree […].
        // Otherwise, the witness MUST respond with a '422 Unprocessable Entity'".
        new Refusal("empty tree, another root", "old 0\n\n" + FRESH.signedOnce(empty), 422, ""));
  }

  @Test
  void ignoresSignaturesByKeysThatAreNoneOfItsLogs() throws Exception {
    // SPEC: "it MUST ignore signatures from unknown keys", a witness's among them, even if the
    // policy file knows the witness and its line is wrong.
    String policy = LOG.policy();
    TestLog log = LOG;
    String wrong =
        log.witnessed(6).lines().filter(line -> line.contains("witness.")).toList().getFirst();
    try (SeenCheckpoints seen = SeenCheckpoints.open(folder.resolve("other"))) {
      Witness other =
          new Witness(
              TrustPolicy.parse(policy),
              witness.cosigners,
              seen,
              java.time.Clock.fixed(RunningWitness.NOW, java.time.ZoneOffset.UTC));
      assertEquals(200, other.addCheckpoint(log.request(0, 8) + wrong + "\n").status());
    }
  }

  @Test
  void refusesBodiesThatAreTooLargeOrNotText() throws Exception {
    String large = "old 0\n" + "x".repeat(WitnessServer.MAX_BODY_BYTES);
    assertEquals(413, witness.addCheckpoint(large).statusCode());
    assertEquals(404, witness.get("/add-checkpoint").statusCode());
    assertEquals(404, witness.post("/", "x").statusCode());
  }
}
