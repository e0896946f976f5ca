package dev.indelible.consent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.consent.ConsentRules;
import dev.indelible.consent.DecisionDocument;
import dev.indelible.consent.Inputs;
import dev.indelible.consent.Request;
import dev.indelible.consent.Subject;
import dev.indelible.consent.UtcMoment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command prints and how it ends, for files of a decision that denied.
class ReplayMainTest {
  private static final UtcMoment MOMENT = new UtcMoment("2026-03-14T09:30:00.000000Z");
  private static final String RULES =
      """
      {"name": "test", "openings": []}
      """;
  private static final Inputs INPUTS =
      new Inputs(
          MOMENT,
          new Request(
              "birch",
              "adjudicator",
              "HPAYMT",
              "access",
              "Claim",
              new Subject("alder", null, "M-1001"),
              "claim-1",
              MOMENT),
          List.of());
  private static final String DECISION =
      DecisionDocument.of(INPUTS, ConsentRules.read(RULES.getBytes(StandardCharsets.UTF_8))).text();

  @TempDir Path folder;

  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void write() throws IOException {
    write("rules", RULES);
    write("inputs", INPUTS.text());
    write("decision", DECISION);
  }

  @Test
  void whatFollowsMatches() {
    Run run = replay("rules", "inputs", "decision");
    assertEquals(0, run.exit(), run.out());
    assertTrue(run.out().startsWith("MATCHES"), run.out());
    assertTrue(run.out().contains("Does not prove"), run.out());
  }

  @Test
  void aLineEndOfAnEditorIsNoEdit() throws IOException {
    write("decision", DECISION + "\r\n");
    assertEquals(0, replay("rules", "inputs", "decision").exit());
    write("decision", " " + DECISION);
    assertEquals(1, replay("rules", "inputs", "decision").exit());
  }

  @Test
  void whatDoesNotFollowIsNamed() throws IOException {
    write("decision", DECISION.replace("not-foreseen", "forbidden"));
    Run run = replay("rules", "inputs", "decision");
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().startsWith("CONTRADICTED"), run.out());
    assertTrue(
        run.out().contains("reason is \"forbidden\", and \"not-foreseen\" follows"), run.out());
  }

  @Test
  void otherFilesThanThoseOfTheDecisionSayNothing() throws IOException {
    write("inputs", INPUTS.text().replace("M-1001", "M-1002"));
    Run run = replay("rules", "inputs", "decision");
    assertEquals(3, run.exit(), run.out());
    assertTrue(run.out().startsWith("COULD NOT BE CHECKED"), run.out());
    assertTrue(run.out().contains("other inputs than the decision names"), run.out());
  }

  @Test
  void aFileCannotMoveTheCursor() throws IOException {
    write("decision", DECISION.replace("not-foreseen", "\u009b2KMATCHES"));
    Run run = replay("rules", "inputs", "decision");
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().contains("\ufffd2KMATCHES"), run.out());
  }

  @Test
  void wrongUseIsNoVerdict() {
    for (List<String> words :
        List.of(List.of("rules", "inputs"), List.of("rules", "inputs", "nowhere"))) {
      Run run = replay(words.toArray(String[]::new));
      assertEquals(2, run.exit(), run.out());
      assertEquals("", run.out());
      assertTrue(run.err().startsWith("Wrong use: "), run.err());
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Run replay(String... names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> files =
        List.of(names).stream().map(name -> folder.resolve(name).toString()).toList();
    int exit = ReplayMain.run(files, print(out), print(err));
    return new Run(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }
}
