package dev.indelible.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The command, over every vector.
class CorpusTest {
  @TempDir Path folder;

  static List<Case> cases() {
    return Cases.all();
  }

  private record Answer(int code, String out, String err) {}

  private static Answer run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(List.of(args), utf8(out), utf8(err));
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream utf8(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private Answer run(Case vector, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("verify"));
    args.add(Files.writeString(folder.resolve("claim.json"), vector.document()).toString());
    args.add("--proof");
    args.add(Files.writeString(folder.resolve("claim.tlog-proof"), vector.proof()).toString());
    args.add("--policy");
    args.add(Files.writeString(folder.resolve("policy"), vector.policy()).toString());
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verdictAndExitCode(Case vector) throws IOException {
    Answer text = run(vector);
    assertTrue(text.out().startsWith(vector.verdict() + "  "), text.out());
    assertEquals(vector.exitCode(), text.code(), text.out());
    assertEquals("", text.err());
    assertTrue(text.out().endsWith("Network used: none.\n"), text.out());
    assertEquals(vector.exitCode() != 0, text.out().contains("\nNext: "), text.out());

    Answer json = run(vector, "--json");
    assertEquals(vector.exitCode(), json.code());
    JsonObject report = JsonReader.readObject(json.out().getBytes(StandardCharsets.UTF_8));
    assertEquals(vector.verdict().replace(' ', '_'), report.findString("verdict").orElseThrow());
    assertEquals(5, report.list("checks").size());
    assertEquals(new JsonBoolean(false), report.members().get("networkUsed"));
  }

  /// The files that docs/formats explains.
  @Test
  void theExampleOfTheDocumentationMatches() {
    Path example = Testdata.ROOT.resolve("docs/formats/example");
    Answer answer =
        run(
            example.resolve("disclosure.json").toString(),
            "--proof",
            example.resolve("receipt.tlog-proof").toString(),
            "--policy",
            example.resolve("policy").toString());
    assertEquals(0, answer.code(), answer.out() + answer.err());
  }

  @Test
  void issuerWhoseKeyIsGiven() throws IOException {
    Case valid = cases().getFirst();
    Answer right = run(valid, "--issuer", World.ISSUER.key().vkey());
    assertEquals(0, right.code(), right.out());
    assertTrue(right.out().contains("signature checked with the key you gave"), right.out());
    Answer wrong = run(valid, "--issuer", World.OTHER_LOG.key().vkey());
    assertEquals(3, wrong.code(), wrong.out());
    Answer none = run(valid);
    assertTrue(none.out().contains("not checked, give --issuer"), none.out());
  }

  /// Whether a batch's signature holds only the issuer's key can tell.
  @Test
  void issuerOfABatch() throws IOException {
    String key = World.ISSUER.key().vkey();
    Case batch = named("batch-entry");
    Answer right = run(batch, "--issuer", key);
    assertEquals(0, right.code(), right.out());
    assertTrue(right.out().contains("signature checked with the key you gave"), right.out());
    assertEquals(3, run(batch, "--issuer", World.OTHER_LOG.key().vkey()).code());
    byte[] flipped = World.BATCH_ENTRY.bytes();
    flipped[flipped.length - 1] ^= 1;
    Answer wrong = run(Cases.of(flipped), "--issuer", key);
    assertEquals(1, wrong.code(), wrong.out());
    assertTrue(wrong.out().contains("the signature is not by alder"), wrong.out());
  }

  private static Case named(String name) {
    return cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void wrongUse() throws IOException {
    for (String[] args :
        new String[][] {
          {},
          {"verify"},
          {"a"},
          {"a", "--proof", "b"},
          {"a", "--proof"},
          {"a", "b", "--proof", "c"},
          {"a", "--policy", "c"},
          {"a", "--proof", "b", "--policy", "c", "--quiet"},
          {"missing", "--proof", "b", "--policy", "c"},
        }) {
      Answer answer = run(args);
      assertEquals(2, answer.code(), String.join(" ", args));
      assertEquals("", answer.out());
      assertTrue(answer.err().startsWith("Wrong use: "), answer.err());
    }
    assertEquals(2, run(cases().getFirst(), "--issuer", "nonsense").code());
    assertEquals(2, run(cases().getFirst(), "--issuer", World.W1.key().vkey()).code());
    assertEquals(0, run("--help").code());
  }

  /// A file cannot print over the verdict.
  @Test
  void controlCharactersOfTheFilesDoNotReachTheTerminal() throws IOException {
    Case valid = cases().getFirst();
    String escape = "\u001b[2J\u001b[HMATCHES\u202e";
    Answer answer = run(valid.policy(valid.policy() + "x" + escape + "\n"));
    assertEquals(3, answer.code());
    assertTrue(answer.out().chars().noneMatch(c -> c == 0x1b || c == 0x202e), answer.out());
  }
}
