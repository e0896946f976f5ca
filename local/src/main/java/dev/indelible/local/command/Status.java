package dev.indelible.local.command;

import dev.indelible.local.Node;
import dev.indelible.local.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Says of each process whether it runs and serves, where, and how long its log is.
final class Status {

  private static final double MEBI = 1024.0 * 1024.0;

  private final Installation installation;
  private final Screen screen;

  Status(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run(List<String> words) {
    boolean memory = words.equals(List.of("--memory"));
    if (!words.isEmpty() && !memory) {
      throw new WrongUse("status takes nothing, or --memory");
    }
    if (installation.running().isEmpty()) {
      screen.result("Nothing is running.   Start: ./indelible up");
      return ExitCode.ENVIRONMENT;
    }
    Stack stack = installation.stack();
    boolean allReady = true;
    long bytes = 0;
    for (Node node : stack.nodes()) {
      boolean ready = node.isReady();
      allReady &= ready;
      long resident = memory ? Memory.of(node) : 0;
      bytes += resident;
      screen.result(line(node, ready) + (memory ? mebibytes(resident) : ""));
    }
    if (memory) {
      screen.result(String.format(Locale.ROOT, " all together (PSS) %s", mebibytes(bytes)));
    }
    new Summary(stack).print(screen);
    return allReady ? ExitCode.OK : ExitCode.ENVIRONMENT;
  }

  private static String line(Node node, boolean ready) {
    String state = ready ? "serving" : node.isRunning() ? "starting or stuck" : "NOT RUNNING";
    String pid = node.process().map(process -> Long.toString(process.pid())).orElse("-");
    return String.format(
        Locale.ROOT,
        " %-16s %-18s pid %-8s :%-6d log %6.1f MiB  %s",
        node.name(),
        state,
        pid,
        node.port(),
        size(node.log()) / MEBI,
        node.log());
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "  %7.1f MiB", bytes / MEBI);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException absent) {
      return 0;
    }
  }
}
