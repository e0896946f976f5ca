package dev.indelible.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final TestLog LOG = TestLog.create("log.example/claims");
  private static final TestLog STRANGER = TestLog.create("log.example/unknown");
  private static final NoteSigner SIGNER =
      NoteSigner.of(
          "witness.example/1",
          KeyType.ED25519_COSIGNATURE,
          PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519)));
  private static final TrustPolicy POLICY =
      TrustPolicy.parse(LOG.policyLines() + "witness w " + SIGNER.key().vkey() + "\nquorum w\n");

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private WitnessServer server;

  @BeforeEach
  void start() throws IOException {
    Witness witness =
        new Witness(POLICY, SIGNER, new SeenHeads(folder), Clock.fixed(NOW, ZoneOffset.UTC));
    server = new WitnessServer(witness, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void cosignsEveryConsistentGrowth() throws Exception {
    int before = 0;
    for (int size : List.of(0, 1, 2, 3, 7, 8, 8, 21, 64)) {
      HttpResponse<String> answer = post(LOG.request(before, size));
      assertEquals(200, answer.statusCode(), answer.body());
      OpenedCheckpoint opened = POLICY.open(SignedNote.parse(LOG.signed(size) + answer.body()));
      assertTrue(opened.witnessed());
      assertEquals(NOW, opened.cosignatures().getFirst().time());
      before = size;
    }
  }

  @Test
  void answersWithItsSizeWhenTheLogRemembersAnother() throws Exception {
    post(LOG.request(0, 5));
    for (int claimed : List.of(0, 4, 6)) {
      HttpResponse<String> answer = post(LOG.request(claimed, 8));
      assertEquals(409, answer.statusCode());
      assertEquals("5\n", answer.body());
      assertEquals("text/x.tlog.size", answer.headers().firstValue("Content-Type").orElseThrow());
    }
  }

  @Test
  void refusesAFork() throws Exception {
    post(LOG.request(0, 5));

    assertEquals(422, post(LOG.fork().request(5, 8)).statusCode());
    assertEquals(422, post(LOG.fork().request(5, 5)).statusCode());
    assertEquals(200, post(LOG.request(5, 8)).statusCode());
  }

  @Test
  void refusesProofsThatProveNothing() throws Exception {
    String surplus = TestLog.lines(List.of(LOG.head(3).root()));
    assertEquals(422, post("old 0\n" + surplus + "\n" + LOG.signed(5)).statusCode());

    post(LOG.request(0, 5));
    assertEquals(422, post("old 5\n\n" + LOG.signed(8)).statusCode());
    assertEquals(422, post("old 5\n" + surplus + "\n" + LOG.signed(8)).statusCode());
  }

  @Test
  void refusesAnEmptyTreeWithAnotherRoot() throws Exception {
    String text = "log.example/claims\n0\n" + LOG.head(1).root().toBase64() + "\n";
    assertEquals(422, post("old 0\n\n" + LOG.signedOnce(text)).statusCode());
  }

  @Test
  void refusesLogsAndSignaturesItDoesNotKnow() throws Exception {
    assertEquals(404, post(STRANGER.request(0, 5)).statusCode());

    String honest = LOG.signed(5);
    String unsigned =
        honest.substring(0, honest.indexOf("— "))
            + STRANGER.signed(5).substring(STRANGER.signed(5).indexOf("— "));
    assertEquals(403, post("old 0\n\n" + unsigned).statusCode());
    // The signatures of size 5 under the text of size 6.
    String forged =
        LOG.signed(6).substring(0, LOG.signed(6).indexOf("— "))
            + honest.substring(honest.indexOf("— "));
    assertEquals(403, post("old 0\n\n" + forged).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old 0",
        "old 0\n\n",
        "old 00\n\n%s",
        "old -1\n\n%s",
        "old x\n\n%s",
        "size 0\n\n%s",
        "old 0\nnot base64\n\n%s",
        "old 0\nAAAA\n\n%s",
        "old 9\n\n%s",
        "old 0\n\nno checkpoint\n",
      })
  void refusesWhatItCannotRead(String body) throws Exception {
    assertEquals(400, post(body.replace("%s", LOG.signed(5))).statusCode());
  }

  @Test
  void refusesMoreThan64Hashes() throws Exception {
    String hashes =
        TestLog.lines(IntStream.range(0, 64).mapToObj(i -> LOG.head(1).root()).toList());
    assertEquals(400, post("old 3\n" + hashes + "\n" + LOG.signed(5)).statusCode());
  }

  @Test
  void refusesLargeBodies() throws Exception {
    assertEquals(413, post("old 0\n" + "x".repeat(65 * 1024)).statusCode());
  }

  @Test
  void remembersOverARestart() throws Exception {
    post(LOG.request(0, 5));
    server.close();
    start();

    assertEquals("5\n", post(LOG.request(0, 8)).body());
    assertEquals(422, post(LOG.fork().request(5, 8)).statusCode());
    assertEquals(200, post(LOG.request(5, 8)).statusCode());
  }

  @Test
  void ofTwoGrowthsAtOnceOneIsCosigned() throws Exception {
    int from = 0;
    for (int round = 0; round < 20; round++) {
      List<String> requests = List.of(LOG.request(from, from + 1), LOG.request(from, from + 2));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Integer>> calls =
            requests.stream().<Callable<Integer>>map(r -> () -> post(r).statusCode()).toList();
        List<Integer> statuses =
            threads.invokeAll(calls).stream().map(Future::resultNow).sorted().toList();
        assertEquals(List.of(200, 409), statuses);
      }
      int size = (int) new SeenHeads(folder).of("log.example/claims").size();
      assertTrue(size > from && size <= from + 2);
      from = size;
    }
  }

  @Test
  void keepsLogsApart() throws Exception {
    post(LOG.request(0, 5));
    assertFalse(post(STRANGER.request(0, 3)).body().startsWith("—"));
    assertEquals(200, post(LOG.request(5, 6)).statusCode());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    URI address = URI.create("http://localhost:" + server.port() + "/add-checkpoint");
    return client.send(
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
