package dev.indelible.witness.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One of our programs in a process of its own, started from the classes under test; killed at the
/// end if it still runs.
public final class Program implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private Program(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// Starts the class with these words; both of its outputs are one.
  public static Program start(Class<?> main, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path").replace("\n", File.pathSeparator));
    command.add(main.getName());
    command.addAll(List.of(words));
    return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /// The next line it prints.
  public String line() throws IOException {
    return output.readLine();
  }

  /// Waits for its end.
  public int exit() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the program does not end: " + process.info());
    }
    return process.exitValue();
  }

  /// What it printed that nobody has read yet, up to its end.
  public String rest() throws IOException {
    StringBuilder rest = new StringBuilder();
    output.lines().forEach(line -> rest.append(line).append('\n'));
    return rest.toString();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// `kill -9`.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
