package dev.indelible.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ends the processes of a test when the JVM that started them is gone, however it went: a shutdown
/// hook does not run under `kill -9`, this small shell loop does.
final class Watchdog {

  private static final String LOOP =
      """
      while kill -0 "$1" 2>/dev/null; do
        # Who cleans up behind himself needs no watchdog.
        [ -d "$2" ] || exit 0
        sleep 1
      done
      for file in "$2"/run/*.pid; do
        [ -f "$file" ] && read -r pid started < "$file" || continue
        # PostgreSQL frees its shared memory only in an orderly stop.
        case "$file" in */postgres*.pid) kill -INT "$pid" ;; *) kill -9 "$pid" ;; esac 2>/dev/null
      done
      sleep 2
      rm -rf "$2"
      """;

  private Watchdog() {}

  /// @param folder holds `run/` and is deleted at the end
  static void guard(Path folder) {
    List<String> command = new ArrayList<>();
    if (Commands.onPath("setsid")) {
      command.add("setsid");
    }
    String jvm = Long.toString(ProcessHandle.current().pid());
    command.addAll(List.of("sh", "-c", LOOP, "indelible-watchdog", jvm, folder.toString()));
    try {
      new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
