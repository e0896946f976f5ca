package dev.indelible.ledger.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Searches every state of `model/writer.pml` with Spin, and shows that the model can fail: each
/// rule of the protocol is taken away once, and something bad has to happen.
class ProtocolModelTest {
  private static final Path MODEL = Path.of("model", "writer.pml").toAbsolutePath();

  @TempDir Path folder;

  @BeforeAll
  static void spinAndCompilerAreThere() throws Exception {
    for (String program : List.of("spin", "cc")) {
      String flag = program.equals("spin") ? "-V" : "--version";
      try {
        run(Path.of("."), List.of(program, flag));
      } catch (IOException e) {
        String message = program + " is not on the PATH: the write protocol was not model-checked";
        if ("true".equals(System.getenv("CI"))) {
          throw new AssertionError(message, e);
        }
        System.out.println("SKIPPED: " + message);
        abort(message);
      }
    }
  }

  @Test
  void nothingBadHappens() throws Exception {
    String report = search("-DSAFETY");
    assertEquals(0, errors(report), report);
    assertTrue(report.contains("Full statespace search"), report);
    assertFalse(report.contains("Search not completed"), report);
    assertFalse(report.contains("max search depth too small"), report);
    List<String> neverEvaluated =
        report
            .lines()
            .filter(line -> line.contains("writer.pml:") && line.contains("assert("))
            .toList();
    assertEquals(List.of(), neverEvaluated, "an invariant that nothing ever reaches says nothing");
  }

  /// The bad things alone are looked for, not the breach of the rule that was taken away.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO_BARRIER",
        "WARNING_IS_SUCCESS",
        "NO_FENCE",
        "NO_CAS",
        "SIGN_BEFORE_COMMIT",
        "SIGN_WHAT_IS_READ",
        "HEAD_READ_LATER",
        "ALARM_FROM_READ",
        "UNCHAINED_BLOCK"
      })
  void withoutOneRuleSomethingBadHappens(String mutant) throws Exception {
    String report = search("-DBFS", "-D" + mutant, "-DONLY_OUTCOMES");
    assertTrue(errors(report) >= 1, report);
    assertTrue(report.contains("assertion violated"), report);
    assertTrue(Files.exists(folder.resolve("writer.pml.trail")), "there is no counterexample");
  }

  /// @param search how to search: depth first, which takes less memory, or breadth first, which
  ///   comes upon the shortest counterexample
  private String search(String search, String... defines) throws Exception {
    List<String> generate = new ArrayList<>(List.of("spin", "-a"));
    generate.addAll(List.of(defines));
    generate.add(MODEL.toString());
    succeed(generate);
    succeed(List.of("cc", "-O2", "-w", "-DSAFETY", search, "-DMEMLIM=3000", "-o", "pan", "pan.c"));
    return succeed(List.of("./pan", "-m100000", "-w25"));
  }

  private static int errors(String report) {
    String line = report.lines().filter(l -> l.contains("errors: ")).findFirst().orElseThrow();
    return Integer.parseInt(line.substring(line.indexOf("errors: ") + "errors: ".length()).strip());
  }

  private String succeed(List<String> command) throws Exception {
    Output output = run(folder, command);
    assertEquals(0, output.status(), () -> command + "\n" + output.text());
    return output.text();
  }

  private record Output(int status, String text) {}

  private static Output run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    return new Output(process.waitFor(), text);
  }
}
