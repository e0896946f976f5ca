package dev.indelible.witness.fsck;

import dev.indelible.witness.testing.TestLog;
import dev.indelible.witness.testing.TestLogServer;
import dev.indelible.witness.tiles.LogClient;
import dev.indelible.witness.tiles.Pace;
import dev.indelible.witness.tiles.Patience;
import dev.indelible.witness.tiles.Walk;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs checks as the command does, but waits for nothing.
final class Checks {
  static final Patience.Sleeper NO_WAIT = time -> {};

  private Checks() {}

  static Report run(TestLogServer server, TestLog log, Path folder, String... options)
      throws Exception {
    Path policy = Files.writeString(folder.resolve("policy"), log.policy());
    List<String> words = new ArrayList<>(List.of(server.url(), "--policy", policy.toString()));
    words.addAll(List.of(options));
    Arguments arguments = Arguments.parse(words);
    Patience patience = new Patience(4, Duration.ZERO, Duration.ofSeconds(20), NO_WAIT);
    PrintStream nobody = new PrintStream(OutputStream.nullOutputStream());
    try (LogClient client = new LogClient(arguments.url(), patience)) {
      return new Fsck(
              client,
              arguments,
              new Walk.Limits(8, Pace.UNBOUNDED),
              NO_WAIT,
              new ProgressLine(nobody, () -> 0))
          .run();
    }
  }
}
