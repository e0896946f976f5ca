package dev.indelible.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Signals to single processes, always by id and never by name.
final class Signals {

  private Signals() {}

  static void send(ProcessHandle process, String signal) {
    Commands.run(List.of("kill", "-" + signal, Long.toString(process.pid())));
  }

  static void kill(ProcessHandle process) {
    process.destroyForcibly();
    awaitEnd(process, Duration.ofSeconds(10));
  }

  /// Answers whether the process ended by itself and had not to be killed.
  static boolean stop(ProcessHandle process, String signal, Duration patience) {
    send(process, signal);
    // A frozen process sees the signal only when it runs again.
    send(process, "CONT");
    boolean ended = awaitEnd(process, patience);
    if (!ended) {
      kill(process);
    }
    return ended;
  }

  private static boolean awaitEnd(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException tooLong) {
      return false;
    } catch (ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
