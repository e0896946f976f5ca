package dev.indelible.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The life of the processes; the services themselves are tried in the end-to-end tests.
class StackTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void nodesCanBeKilledFrozenAndStartedAgainAndNothingStays() throws Exception {
    Stack stack = Stack.start(new Shape(0, 0, 0, 3, Map.of(), Sizing.LAPTOP));
    Node witness = stack.witnesses().getFirst();
    List<ProcessHandle> processes =
        stack.nodes().stream().map(node -> node.process().orElseThrow()).toList();
    try {
      assertEquals(5, processes.size());
      assertTrue(identity(witness).startsWith("demo.indelible.example/witness-1+"));

      long before = witness.pid();
      witness.kill();
      assertFalse(witness.isRunning());
      witness.start();
      witness.awaitReady(PATIENCE);
      assertNotEquals(before, witness.pid());

      witness.suspend();
      assertTrue(witness.isRunning());
      assertFalse(witness.isReady());
      witness.resume();
      assertTrue(witness.isReady());
    } finally {
      stack.close();
    }
    processes.forEach(process -> assertFalse(process.isAlive(), process::toString));
    assertFalse(witness.isRunning());
    assertFalse(Files.exists(stack.state()));
  }

  /// `kill -9` of the JVM that started a stack must leave no orphan.
  @Test
  void theWatchdogEndsWhatItsJvmLeft() throws Exception {
    Path output = Files.createTempFile("orphan", ".txt");
    Process jvm =
        new ProcessBuilder(
                Java.executable(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dindelible.root=" + Home.find().root(),
                OneDatabase.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(output.toFile())
            .start();
    ProcessHandle postgres = awaitPid(output, jvm);

    jvm.destroyForcibly().waitFor();

    postgres.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
    assertFalse(postgres.isAlive());
    Files.delete(output);
  }

  /// Starts a test's PostgreSQL, prints its process id and waits to be killed.
  static final class OneDatabase {
    public static void main(String[] arguments) throws InterruptedException {
      Path folder = Scratch.folder();
      Databases databases = new Databases(Ports.anyFree(), Secrets.random());
      PostgresServer server =
          new PostgresServer(
              Home.find().cache(),
              folder.resolve("postgres"),
              folder.resolve("postgres.log"),
              databases,
              new Node.Place(folder.resolve("run"), false),
              Sizing.LAPTOP);
      server.start();
      System.out.println("pid " + server.node().pid());
      Thread.sleep(Duration.ofMinutes(2));
    }
  }

  private static ProcessHandle awaitPid(Path output, Process jvm) throws Exception {
    while (jvm.isAlive()) {
      String text = Files.readString(output);
      if (text.contains("pid ") && text.endsWith("\n")) {
        long pid = Long.parseLong(text.substring(text.indexOf("pid ") + 4).strip());
        return ProcessHandle.of(pid).orElseThrow();
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(output));
  }

  private static String identity(Node witness) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + witness.port() + "/")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
