package dev.indelible.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Who listens on a port of this machine, in words.
///
/// Linux knows the socket of every listener and the sockets of every process; elsewhere, and for
/// processes of other users, the answer may be unknown.
final class PortHolder {

  private static final String LISTEN = "0A";

  private PortHolder() {}

  /// For example `"java" (pid 4312, started 2 h ago)`.
  static String describe(int port, Instant now) {
    return find(port)
        .map(process -> words(process, now))
        .orElse("a process that this user may not see");
  }

  static Optional<ProcessHandle> find(int port) {
    List<String> sockets =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> lines(Path.of(table)).stream())
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
            .filter(fields -> fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port)))
            .map(fields -> "socket:[" + fields[9] + "]")
            .toList();
    return ProcessHandle.allProcesses().filter(process -> holds(process, sockets)).findFirst();
  }

  private static boolean holds(ProcessHandle process, List<String> sockets) {
    if (sockets.isEmpty()) {
      return false;
    }
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.anyMatch(file -> sockets.contains(target(file)));
    } catch (IOException notOurs) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      return "";
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException absent) {
      return List.of();
    }
  }

  private static String words(ProcessHandle process, Instant now) {
    String program =
        process.info().command().map(c -> Path.of(c).getFileName().toString()).orElse("?");
    String since =
        process.info().startInstant().map(start -> ", started " + ago(start, now)).orElse("");
    return "\"" + program + "\" (pid " + process.pid() + since + ")";
  }

  private static String ago(Instant start, Instant now) {
    Duration age = Duration.between(start, now);
    if (age.toHours() > 0) {
      return age.toHours() + " h ago";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min ago" : age.toSeconds() + " s ago";
  }
}
