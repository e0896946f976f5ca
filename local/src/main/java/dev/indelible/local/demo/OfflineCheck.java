package dev.indelible.local.demo;

import dev.indelible.local.LocalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Act 4: a regulator checks the results with two files and a list of public keys, in a process of
/// its own that talks to nobody.
record OfflineCheck(Stage stage, String resultsUrl) {
  void play() {
    Narrator say = stage.narrator();
    say.act(4, "The regulator checks, offline, with public keys alone");
    Path folder = download();
    Path document = folder.resolve("results.json");
    Path proof = folder.resolve("results.tlog-proof");
    Path policy = folder.resolve("policy");
    verify(document, proof, policy, 0);
    say.line("Now a single word of the document is changed.");
    verify(edited(document), proof, policy, 1);
  }

  private Path download() {
    Call regulator = stage.as("regulator");
    Path folder = stage.stack().state().resolve("demo");
    write(
        folder.resolve("results.json"),
        regulator.get(resultsUrl + "/disclosure").expect(200).text());
    write(
        folder.resolve("results.tlog-proof"),
        regulator.get(resultsUrl + "/receipt", "text/plain").expect(200).text());
    write(folder.resolve("policy"), read(stage.stack().policy()));
    return folder;
  }

  private Path edited(Path document) {
    String text = read(document);
    Path copy = document.resolveSibling("results-edited.json");
    write(copy, text.replace("quality of life", "quality of sleep"));
    return copy;
  }

  private void verify(Path document, Path proof, Path policy, int expected) {
    Path verifier = stage.stack().root().resolve("verifier/Verify.java");
    stage
        .narrator()
        .line(
            "$ java verifier/Verify.java %s %s %s"
                .formatted(document.getFileName(), proof.getFileName(), policy.getFileName()));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            verifier.toString(),
            document.toString(),
            proof.toString(),
            policy.toString());
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> stage.narrator().line("  " + line));
      int code = process.waitFor();
      stage.narrator().line("  exit " + code);
      if (code != expected) {
        throw new LocalException(
            "The verifier should have ended with " + expected, "please report this");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted", "./indelible demo", e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
