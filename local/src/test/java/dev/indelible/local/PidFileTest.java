package dev.indelible.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  @TempDir private Path run;

  /// A program that writes its classes when it is told to end.
  private PidFile leaving(String script) throws IOException {
    PidFile file = PidFile.of(run, "program");
    Path draft = file.toLeave();
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", draft.toString())
            .redirectErrorStream(true)
            .start();
    file.write(process.toHandle());
    // Its trap is set when it speaks.
    assertEquals('.', process.getInputStream().read());
    return file;
  }

  @Test
  void whatAProcessLeavesAtAnOrderlyEndIsKept() throws Exception {
    PidFile file =
        leaving("trap 'echo classes > \"$1\"; exit' TERM INT; echo .; while :; do sleep 0.1; done");
    assertTrue(file.leaves());
    file.stop();
    assertEquals("classes\n", Files.readString(file.left()));
    assertFalse(file.leaves());
  }

  /// It may have been in the middle of writing.
  @Test
  void whatAKilledProcessLeftIsNot() throws Exception {
    PidFile file = leaving("echo half > \"$1\"; echo .; while :; do sleep 0.1; done");
    Signals.kill(file.process().orElseThrow());
    file.stop();
    try (Stream<Path> files = Files.list(run)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
