package dev.indelible.local.command;

import dev.indelible.local.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a program and its children really take: proportional set size, which counts a page shared
/// by n processes one n-th for each. Linux only; elsewhere 0.
final class Memory {

  private Memory() {}

  static long of(Node node) {
    return node.process().stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .mapToLong(process -> proportional(process.pid()))
        .sum();
  }

  private static long proportional(long pid) {
    Path rollup = Path.of("/proc/" + pid + "/smaps_rollup");
    try (Stream<String> lines = Files.lines(rollup)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }
}
