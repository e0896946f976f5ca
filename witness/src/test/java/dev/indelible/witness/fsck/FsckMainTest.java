package dev.indelible.witness.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as people and scripts see it.
class FsckMainTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");

  @TempDir Path folder;
  private TestLogServer server;
  private String policy;
  private String output;

  @BeforeEach
  void start() throws IOException {
    server = new TestLogServer(LOG, 600);
    policy = Files.writeString(folder.resolve("policy"), LOG.policy()).toString();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyVerdictHasItsExitCode() throws Exception {
    assertEquals(0, fsck(server.url(), "--policy", policy));
    assertTrue(output.startsWith("MATCHES  log.example/claims at " + server.url()), output);
    assertTrue(output.contains("  entries           600 right\n"), output);
    assertTrue(output.contains("Does not prove that what the entries say is true"), output);
    server.flip("tile/entries/001", 40);
    assertEquals(1, fsck(server.url(), "--policy", policy));
    assertTrue(output.startsWith("CONTRADICTED  "), output);
    server.heal();
    server.fail("tile/1/000.p/2", 404, 100);
    assertEquals(3, fsck(server.url(), "--policy", policy));
    assertTrue(output.startsWith("COULD NOT BE CHECKED  "), output);
    assertEquals(0, fsck("--help"));
    assertTrue(output.contains("--rate"), output);
  }

  @Test
  void saysWhatIsWrongWithTheWords() throws Exception {
    for (List<String> words :
        List.of(
            List.<String>of(),
            List.of(server.url()),
            List.of(server.url(), "--policy"),
            List.of(server.url(), "--policy", folder.resolve("absent").toString()),
            List.of(server.url(), server.url(), "--policy", policy),
            List.of("file:///etc", "--policy", policy),
            List.of("http:///nowhere", "--policy", policy),
            List.of(server.url(), "--policy", policy, "--policy", policy),
            List.of(server.url(), "--policy", policy, "--from", "x"),
            List.of(server.url(), "--policy", policy, "--from", "-1"),
            List.of(server.url(), "--policy", policy, "--from", "5", "--to", "5"),
            List.of(server.url(), "--policy", policy, "--rate", "0"),
            List.of(server.url(), "--policy", policy, "--to", "5", "--state", "s"),
            List.of(server.url(), "--policy", policy, "--fast"))) {
      assertEquals(2, fsck(words.toArray(String[]::new)), words::toString);
      assertTrue(output.startsWith("Wrong use: "), output);
    }
    assertEquals(List.of(), server.requests());
  }

  @Test
  void doesNotWriteOverWhatIsNoStateOfItsOwn() throws Exception {
    Path state = folder.resolve("state");
    for (String text :
        List.of("", "something else\n", "log.example/trials\n0\n" + LOG.head(0).root() + "\n")) {
      Files.writeString(state, text);
      assertEquals(4, fsck(server.url(), "--policy", policy, "--state", state.toString()), output);
      assertEquals(text, Files.readString(state));
    }
    String nowhere = folder.resolve("absent/state").toString();
    assertEquals(4, fsck(server.url(), "--policy", policy, "--state", nowhere), output);
  }

  @Test
  void textsOfOthersCannotMoveTheCursor() throws Exception {
    server.change("checkpoint", ignored -> "\u001b[2J\nMATCHES\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(3, fsck(server.url(), "--policy", policy));
    assertTrue(output.chars().noneMatch(c -> c == 0x1b), output);
  }

  @Test
  void saysNowAndThenHowFarItIs() {
    AtomicLong now = new AtomicLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressLine progress = new ProgressLine(new PrintStream(bytes, true), now::get);
    progress.begins(1000);
    progress.reached(1256, 9000);
    assertEquals("", bytes.toString(StandardCharsets.UTF_8));
    now.addAndGet(4_000_000_000L);
    progress.reached(5000, 9000);
    progress.reached(5256, 9000);
    assertEquals(
        "  5,000 of 9,000 entries, 1,000 a second" + System.lineSeparator(),
        bytes.toString(StandardCharsets.UTF_8));
  }

  private int fsck(String... words) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exit = FsckMain.run(new ArrayList<>(List.of(words)), out, out);
    output = bytes.toString(StandardCharsets.UTF_8);
    return exit;
  }
}
