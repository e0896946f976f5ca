package dev.indelible.interop;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A program of this machine that is not Java.
record Program(Path executable) {
  /// Its exit status, and what it wrote.
  record Result(int status, String output) {}

  /// The program of this name on the PATH or in one of these folders.
  static Optional<Program> find(String name, String... folders) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of(folders))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Program::new);
  }

  /// What a program that is here cannot run without. Where that is missing the test is skipped and
  /// says so, but not where everything is to be checked: with `CI=true` it fails.
  static void requirePackages(boolean there, String otherwise) {
    boolean strict = "true".equals(System.getenv("CI"));
    Assertions.assertTrue(there || !strict, otherwise);
    Assumptions.assumeTrue(there, otherwise);
  }

  Result run(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of(executable.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
