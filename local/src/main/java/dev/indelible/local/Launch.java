package dev.indelible.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The recipe of a long-running program: enough to start it again exactly as it was.
///
/// @param name what people call it, also the name of its pid file
/// @param classes of a Java program, whose command begins with the JVM
/// @param environment added to ours; see {@link Node} for what is taken away
/// @param ports where it listens: first for its callers, then, if at all, for its operators
/// @param log where its output is appended
/// @param ready answers whether it serves
record Launch(
    String name,
    List<String> command,
    Optional<ClassArchive> classes,
    Map<String, String> environment,
    List<Integer> ports,
    Path log,
    Probe ready) {

  Launch {
    command = List.copyOf(command);
    ports = List.copyOf(ports);
    environment = Map.copyOf(environment);
  }
}
