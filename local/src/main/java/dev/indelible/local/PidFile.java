package dev.indelible.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The note that says which process a program runs as, for the command that comes later.
///
/// A process id alone may name a stranger after a reboot, so the note also holds when the process
/// was started, and both must agree before anything is signalled.
public record PidFile(Path path) {

  /// How long a program may take to end.
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SUFFIX = ".pid";

  static PidFile of(Path run, String name) {
    return new PidFile(run.resolve(name + SUFFIX));
  }

  public static List<PidFile> in(Path run) {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run)) {
      return files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().map(PidFile::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Name of the program.
  public String name() {
    String file = path.getFileName().toString();
    return file.substring(0, file.length() - SUFFIX.length());
  }

  /// To PostgreSQL SIGTERM means to wait until its clients leave; a JVM may have been told to
  /// ignore SIGINT by the shell that started it.
  private String stopSignal() {
    return name().startsWith("postgres") ? "INT" : "TERM";
  }

  void write(ProcessHandle process) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, process.pid() + " " + started(process) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The process, if it still runs.
  public Optional<ProcessHandle> process() {
    try {
      String[] words = Files.readString(path).strip().split(" ");
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> started(process) == Long.parseLong(words[1]));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
      return Optional.empty();
    }
  }

  /// Stops the process in order, or kills it when that takes too long.
  public void stop() {
    boolean ignored = stop(PATIENCE);
  }

  /// As {@link #stop()}; answers whether there was a process and it had not to be killed.
  boolean stop(Duration patience) {
    boolean ended =
        process().map(process -> Signals.stop(process, stopSignal(), patience)).orElse(false);
    remove();
    return ended;
  }

  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
