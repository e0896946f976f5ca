package dev.indelible.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

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

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// For one that leaves its classes; some seconds, where it has a core.
  private static final Duration WRITING = Duration.ofMinutes(2);

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
    boolean leaves = leaves();
    Duration patience = leaves ? WRITING : PATIENCE;
    boolean ended =
        process().map(process -> Signals.stop(process, stopSignal(), patience)).orElse(false);
    if (leaves && ended) {
      keep();
    }
    remove();
  }

  /// A file in which the process is to leave its classes when it ends in order (see {@link
  /// ClassArchive}); it is there from now on, so that whoever stops the process knows.
  Path toLeave() {
    Path draft = beside(".classes-draft");
    try {
      Files.createDirectories(draft.getParent());
      return Files.write(draft, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it is to leave its classes.
  boolean leaves() {
    return Files.exists(beside(".classes-draft"));
  }

  /// What a process that was stopped in order has left, if it has. One that was killed may have
  /// written a half, which is not here.
  Path left() {
    return beside(".classes");
  }

  private void keep() {
    try {
      if (Files.size(beside(".classes-draft")) > 0) {
        var ignored = Files.move(beside(".classes-draft"), left(), ATOMIC_MOVE);
      }
    } catch (IOException noClasses) {
      // The next start is as slow as the last one.
    }
  }

  private Path beside(String suffix) {
    return path.resolveSibling(name() + suffix);
  }

  void remove() {
    try {
      var _ = Files.deleteIfExists(beside(".classes-draft"));
      var _ = Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
