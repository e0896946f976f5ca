package dev.indelible.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One program of the stack: PostgreSQL, Keycloak, a witness or a service, as a process of its own
/// that can be started, killed, frozen and started again.
public final class Node {

  private final Launch launch;
  private final PidFile pidFile;
  private final boolean detached;

  Node(Launch launch, Place place) {
    this.launch = launch;
    this.pidFile = PidFile.of(place.run(), launch.name());
    this.detached = place.detached();
  }

  /// Where its pid file goes and whose child it is.
  ///
  /// @param run the folder of pid files
  /// @param detached whether it outlives this process and its terminal
  record Place(Path run, boolean detached) {}

  public String name() {
    return launch.name();
  }

  /// Where it listens for its callers.
  public int port() {
    return launch.ports().getFirst();
  }

  /// The archive of its classes, if there can be one.
  Optional<ClassArchive> classes() {
    return launch.classes();
  }

  List<Integer> ports() {
    return launch.ports();
  }

  public Path log() {
    return launch.log();
  }

  public boolean isRunning() {
    return process().isPresent();
  }

  /// The process id.
  ///
  /// @throws LocalException when it does not run
  public long pid() {
    return running().pid();
  }

  /// Starts the process and returns at once.
  public void start() {
    start(Map.of());
  }

  /// Starts it with more environment variables for this one run; tests arm faults with them.
  public void start(Map<String, String> more) {
    start(more, launch.classes().map(ClassArchive::use).orElse(List.of()));
  }

  /// As {@link #start}. Where there is no archive of its classes, the process will leave one when
  /// it is stopped in order, unless an agent is to change them.
  void startLeavingClasses(Map<String, String> more) {
    boolean changes = launch.environment().containsKey("JDK_JAVA_OPTIONS");
    launch.classes().ifPresent(classes -> classes.adopt(pidFile.left()));
    if (launch.classes().map(ClassArchive::isMade).orElse(true) || changes) {
      start(more);
    } else {
      start(more, ClassArchive.leave(pidFile.toLeave()));
    }
  }

  /// Whether the process will leave its classes.
  boolean leavesClasses() {
    return pidFile.leaves();
  }

  /// Stops it in order and starts it again, with the classes that it left.
  void restart(Duration atMost) {
    stop();
    startLeavingClasses(Map.of());
    awaitReady(atMost);
  }

  private void start(Map<String, String> more, List<String> options) {
    if (isRunning()) {
      throw new LocalException(name() + " runs already", "stop it first");
    }
    try {
      Files.createDirectories(launch.log().getParent());
      ProcessBuilder builder = new ProcessBuilder(command(options));
      // Settings of the person's shell must not change what the stack is.
      builder.environment().keySet().removeIf(Node::isSetting);
      builder.environment().putAll(launch.environment());
      builder.environment().putAll(more);
      builder.redirectErrorStream(true);
      builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(Redirect.appendTo(launch.log().toFile()));
      pidFile.write(builder.start().toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name(), e);
    }
  }

  /// Waits until it serves.
  public void awaitReady(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (!launch.ready().answers()) {
        if (!isRunning()) {
          throw new LocalException(name() + " ended while starting:\n" + logTail(), seeLog());
        }
        if (System.nanoTime() > deadline) {
          throw new LocalException(
              name() + " not ready after " + atMost.toSeconds() + " s:\n" + logTail(), seeLog());
        }
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while waiting for " + name(), "try again", e);
    }
  }

  /// Whether it serves at this moment.
  public boolean isReady() {
    try {
      return isRunning() && launch.ready().answers();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// An orderly stop, or a kill when that takes too long.
  public void stop() {
    pidFile.stop();
  }

  /// What a crash does: `kill -9`.
  public void kill() {
    process().ifPresent(Signals::kill);
    pidFile.remove();
  }

  /// Freezes the process: it holds its locks and connections and answers nothing.
  public void suspend() {
    Signals.send(running(), "STOP");
  }

  /// Ends {@link #suspend}.
  public void resume() {
    Signals.send(running(), "CONT");
  }

  /// The process, if it runs.
  public Optional<ProcessHandle> process() {
    return pidFile.process();
  }

  private ProcessHandle running() {
    return process().orElseThrow(() -> new LocalException(name() + " does not run", "start it"));
  }

  /// A session of its own keeps the terminal's hang-up and Ctrl-C away. setsid and nohup replace
  /// themselves by the command, so the process id stays the one we started.
  ///
  /// @param options of the JVM, more than the recipe has
  private List<String> command(List<String> options) {
    List<String> words = new ArrayList<>(launch.command());
    words.addAll(1, options);
    if (detached) {
      words.addFirst(Commands.onPath("setsid") ? "setsid" : "nohup");
    }
    return words;
  }

  private static boolean isSetting(String variable) {
    return variable.startsWith("QUARKUS_")
        || variable.startsWith("KC_")
        || variable.startsWith("INDELIBLE_")
        || variable.startsWith("PG")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS");
  }

  private String seeLog() {
    return "see " + launch.log();
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(launch.log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException unreadable) {
      return "(no log)";
    }
  }
}
