package dev.indelible.local.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command writes: what was asked for on standard output, everything else on standard
/// error. Nothing moves, so a pipe and a terminal get the same lines; colour only where a person
/// looks.
final class Screen {

  private final PrintStream results =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final PrintStream progress =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  private final boolean colour =
      System.getenv("NO_COLOR") == null
          && System.console() != null
          && System.console().isTerminal();

  /// Standard output, for a command that tells a story of its own.
  PrintStream results() {
    return results;
  }

  /// Standard error, likewise.
  PrintStream progress() {
    return progress;
  }

  boolean colour() {
    return colour;
  }

  void result(String line) {
    results.println(line);
  }

  void note(String line) {
    progress.println(line);
  }

  void begins(String line) {
    progress.println(" ▸ " + line);
  }

  void done(String line) {
    progress.println(" " + painted("✔", 32) + " " + line);
  }

  void failed(String problem, String fix) {
    progress.println(" " + painted("✖", 31) + " " + problem.replace("\n", "\n   "));
    progress.println("   Fix: " + fix);
  }

  private String painted(String sign, int code) {
    return colour ? "\033[" + code + "m" + sign + "\033[0m" : sign;
  }
}
