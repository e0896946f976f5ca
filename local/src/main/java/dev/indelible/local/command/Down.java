package dev.indelible.local.command;

import dev.indelible.local.PidFile;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// Stops every process of the last start; the data stays.
final class Down {

  private final Installation installation;
  private final Screen screen;

  Down(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run() throws IOException {
    try (FileLock lock = installation.exclusive()) {
      List<PidFile> running = installation.running();
      if (running.isEmpty() || !lock.isValid()) {
        screen.done("Nothing is running");
      }
      Predicate<PidFile> database = file -> file.name().equals("postgres");
      // Who writes stops before what is written to.
      try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
        running.stream()
            .filter(database.negate())
            .forEach(program -> all.execute(() -> stop(program)));
      }
      running.stream().filter(database).forEach(this::stop);
      PidFile.in(installation.home().run()).forEach(PidFile::stop);
      return ExitCode.OK;
    }
  }

  private void stop(PidFile program) {
    program.stop();
    screen.done(program.name() + " stopped");
  }
}
