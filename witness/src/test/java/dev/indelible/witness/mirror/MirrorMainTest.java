package dev.indelible.witness.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.witness.fsck.FsckMain;
import dev.indelible.witness.serve.Listener;
import dev.indelible.witness.testing.FileTree;
import dev.indelible.witness.testing.Program;
import dev.indelible.witness.testing.TestLog;
import dev.indelible.witness.testing.TestLogServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program in processes that are killed, and what it serves.
class MirrorMainTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");

  /// 47 bundles, 46 full tiles, two tiles of the edge and the checkpoint: 96 files.
  private static final int SIZE = 12_000;

  @TempDir Path scratch;
  private TestLogServer server;
  private Path policy;
  private Path copy;
  private String output = "";

  @BeforeEach
  void start() throws IOException {
    server = new TestLogServer(LOG, SIZE);
    policy = Files.writeString(scratch.resolve("policy"), LOG.policy());
    copy = scratch.resolve("copy");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// The log's answers after which the mirror is killed, again and again until it is done.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 30, 70, 96})
  void killedAndResumedItIsTheSameByteForByte(int answers) throws Exception {
    Path whole = scratch.resolve("whole");
    assertEquals(0, run(whole, "--once"), output);
    assertEquals(FileTree.of(server), FileTree.of(whole));

    assertTrue(killedAfter(answers), "it had been done before the kill");
    assertTrue(Files.notExists(copy.resolve("checkpoint")) || isSound(copy, SIZE));
    killedAfter(answers);
    assertEquals(0, run(copy, "--once"), output);
    assertEquals(FileTree.of(whole), FileTree.of(copy));
  }

  @Test
  void killedWhileItGrowsItStillShowsWhatItShowed() throws Exception {
    assertEquals(0, run(copy, "--once"), output);
    server.publish(30_000);
    for (int answers : new int[] {100, 30, 2}) {
      assertTrue(killedAfter(answers));
      assertTrue(isSound(copy, SIZE), output);
    }
    assertEquals(0, run(copy, "--once"), output);
    assertTrue(isSound(copy, 30_000), output);
    Map<String, String> here = FileTree.of(copy);
    FileTree.of(server).forEach((path, content) -> assertEquals(content, here.get(path), path));
  }

  @Test
  void fetchesNothingTwice() throws Exception {
    server.serve(LOG, 30_000);
    int files = server.paths().size();
    assertTrue(killedAfter(files - 40));
    server.requests();
    assertEquals(0, run(copy, "--once"), output);
    // Of what had been answered at most 32 files were on their way to disk, and 16 chunks on
    // theirs.
    assertTrue(server.requests().size() < 40 + 32 + 2 * 16 + 10, "what was on disk was read again");
  }

  @Test
  void followsTheLogAndServesTheCopy() throws Exception {
    server.serve(LOG, 600);
    CountDownLatch looked = new CountDownLatch(3);
    server.onRequest(looked::countDown);
    try (Program mirror =
            Program.start(
                MirrorMain.class,
                server.url(),
                copy.toString(),
                "--policy",
                policy.toString(),
                "--every",
                "0",
                "--port",
                "0",
                "--evidence",
                scratch.toString());
        HttpClient http = HttpClient.newHttpClient()) {
      String url = "http://localhost:" + mirror.line().replaceFirst(".* on port ", "");
      assertTrue(mirror.line().startsWith("MATCHES  600 leaves"));
      for (String path : server.paths()) {
        HttpResponse<byte[]> answer = get(http, url + "/" + path);
        assertEquals(200, answer.statusCode(), path);
        assertArrayEquals(server.content(path).orElseThrow(), answer.body(), path);
        boolean tile = path.startsWith("tile");
        assertEquals(
            tile ? "application/octet-stream" : "text/plain; charset=utf-8",
            answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
            tile, answer.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"));
      }
      for (String path :
          List.of(
              "/",
              "/.lock",
              "/tile/",
              "/tile/0",
              "/tile/0/../../.lock",
              "/tile/0/%2e%2e/0",
              "/tile/0/002",
              "/tile/0/999",
              "/tile/entries/0",
              "//checkpoint")) {
        assertEquals(404, get(http, url + path).statusCode(), path);
      }
      HttpRequest post =
          HttpRequest.newBuilder(URI.create(url + "/checkpoint"))
              .POST(HttpRequest.BodyPublishers.ofString("x"))
              .build();
      assertEquals(405, http.send(post, HttpResponse.BodyHandlers.discarding()).statusCode());

      server.publish(900);
      assertTrue(mirror.line().startsWith("MATCHES  900 leaves"));
      assertEquals(0, fsck(url), output);

      // A fork ends the following, but not the serving.
      server.serve(LOG.forkAt(700), 1000);
      assertEquals("CONTRADICTED", mirror.line());
      assertTrue(mirror.line().contains("does not extend the one in"));
      Path evidence = Path.of(mirror.line().replaceFirst(".*Evidence: ", ""));
      assertTrue(Files.readString(evidence).startsWith("indelible/fork/v1\n"));
      assertTrue(mirror.line().contains("not followed any more"));
      assertEquals(0, fsck(url), output);
      assertTrue(looked.await(60, TimeUnit.SECONDS));
      assertTrue(mirror.isAlive());
    }
  }

  @Test
  void saysWhatCameOfIt() throws Exception {
    server.serve(LOG, 600);
    server.flip("tile/0/001", 5);
    assertEquals(1, run(copy, "--once"), output);
    assertTrue(output.contains("tile/0/001: hash 0 is "), output);
    server.heal();
    server.fail("checkpoint", 404, 1);
    assertEquals(3, run(copy, "--once"), output);
    assertEquals(0, run(copy, "--once"), output);
    try (MirrorFolder held = MirrorFolder.open(copy)) {
      assertEquals(4, run(copy, "--once"), output);
      assertTrue(output.contains("another process has locked the folder " + held.name()), output);
    }
    server.serve(LOG.fork(), 700);
    assertEquals(1, run(copy, "--once"), output);
    assertTrue(output.contains("Evidence: " + scratch), output);
    assertEquals(2, run(copy, "--once", "--every", "3"), output);
    assertEquals(2, run(copy, "--port", "70000"), output);
    assertEquals(2, run(copy, "another"), output);
    assertEquals(0, run(copy, "--help"), output);
  }

  /// Starts the program, kills it at an answer of the log, and says whether it was still at work.
  private boolean killedAfter(int answers) throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    server.onRequest(
        () -> {
          if (asked.incrementAndGet() == answers) {
            enough.countDown();
          }
        });
    try (Program mirror =
        Program.start(
            MirrorMain.class,
            server.url(),
            copy.toString(),
            "--policy",
            policy.toString(),
            "--once")) {
      while (!enough.await(50, TimeUnit.MILLISECONDS)) {
        if (!mirror.isAlive()) {
          return false;
        }
      }
      boolean atWork = mirror.isAlive();
      mirror.kill();
      return atWork;
    } finally {
      server.onRequest(() -> {});
    }
  }

  /// Whether the files of a folder, served as they are, are a whole log of this size.
  private boolean isSound(Path folder, int size) throws Exception {
    try (MirrorServer files = new MirrorServer(folder, Listener.address(Optional.empty(), 0))) {
      return fsck("http://localhost:" + files.port()) == 0
          && Files.readString(folder.resolve("checkpoint"))
              .startsWith(LOG.origin() + "\n" + size + "\n");
    }
  }

  private int fsck(String url) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exit = FsckMain.run(List.of(url, "--policy", policy.toString()), out, out);
    output = bytes.toString(StandardCharsets.UTF_8);
    return exit;
  }

  private int run(Path folder, String... options) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(server.url(), folder.toString()));
    words.addAll(List.of(options));
    words.addAll(List.of("--policy", policy.toString(), "--evidence", scratch.toString()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exit = MirrorMain.run(words, out, out);
    output = bytes.toString(StandardCharsets.UTF_8);
    return exit;
  }

  private static HttpResponse<byte[]> get(HttpClient http, String url)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
