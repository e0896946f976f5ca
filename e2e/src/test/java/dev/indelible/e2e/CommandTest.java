package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/// `./indelible` as a stranger types it: up, demo, the printed addresses, audit, verify, down, and
/// up again with the data still there.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandTest {
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+[^\\s]*");

  private Path home;
  private int base;

  /// What a command did.
  private record Run(int exit, String output) {}

  @BeforeAll
  void prepare() throws IOException {
    home = Files.createTempDirectory("indelible-home");
    base = FreePorts.base();
  }

  @AfterAll
  void stop() throws Exception {
    run("down");
  }

  @Test
  @Order(1)
  void upPrintsAddressesThatAnswer() throws Exception {
    Run up = run("up", "--ports", Integer.toString(base));
    assertEquals(0, up.exit(), up.output());
    List<String> addresses =
        ADDRESS.matcher(up.output()).results().map(MatchResult::group).distinct().toList();
    assertTrue(addresses.size() >= 5, up.output());
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String address : addresses) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        assertTrue(status < 404 || status == 405, address + " answered " + status);
      }
    }
  }

  @Test
  @Order(2)
  void theRealmIsAsTheCodeSays() throws Exception {
    Run realm = run("realm");
    assertEquals(0, realm.exit(), realm.output());
  }

  @Test
  @Order(2)
  void complianceSaysWhatTheTestsHaveShown() throws Exception {
    Run compliance = run("compliance");
    assertTrue(compliance.output().contains("requirements are shown"), compliance.output());
  }

  @Test
  @Order(2)
  void aSecondUpSaysThatItRuns() throws Exception {
    Run up = run("up", "--ports", Integer.toString(base));
    assertTrue(up.output().contains("running"), up.output());
  }

  @Test
  @Order(3)
  void demoPlaysItsFourActs() throws Exception {
    Run demo = run("demo");
    assertEquals(0, demo.exit(), demo.output());
    for (String line :
        List.of(
            "refused: ",
            "Alder Mutual is alerted",
            "table claim",
            "field total_minor",
            "planned primary dropped, not declared",
            "MATCHES",
            "CONTRADICTED")) {
      assertTrue(demo.output().contains(line), () -> line + " is missing in\n" + demo.output());
    }
  }

  @Test
  @Order(4)
  void auditAndVerifyAgreeWithTheDemo() throws Exception {
    assertEquals(0, run("audit").exit());
    for (String command : List.of("fsck", "monitor")) {
      Run outsider = run(command);
      assertEquals(0, outsider.exit(), outsider.output());
      assertTrue(outsider.output().contains("MATCHES  demo.indelible.example/trials"), command);
    }
    Path files = home.resolve("demo");
    assertEquals(0, verify(files, "results.json"));
    assertEquals(1, verify(files, "results-edited.json"));
  }

  @Test
  @Order(5)
  void tokenIsAJwt() throws Exception {
    Run token = run("token", "alder");
    assertEquals(0, token.exit(), token.output());
    assertEquals(3, token.output().strip().split("\\.").length);
  }

  /// Registers a passkey on the way, which is no drift of the realm.
  @Test
  @Order(5)
  void aFreshTokenIsOfAPasskey() throws Exception {
    for (String user : List.of("operator", "operator", "alder")) {
      Run token = run("token", "--fresh", user);
      assertEquals(0, token.exit(), token.output());
      byte[] claims = Base64.getUrlDecoder().decode(token.output().strip().split("\\.")[1]);
      assertTrue(new String(claims, StandardCharsets.UTF_8).contains("\"acr\":\"3\""));
    }
    assertEquals(0, run("token", "operator").exit());
    assertEquals(0, run("realm").exit());
  }

  @Test
  @Order(6)
  void dataSurvivesDownAndUp() throws Exception {
    Run before = run("audit");
    assertEquals(0, run("down").exit());
    Run up = run("up", "--ports", Integer.toString(base));
    assertEquals(0, up.exit(), up.output());
    Run after = run("audit");
    assertEquals(0, after.exit(), after.output());
    assertEquals(entries(before), entries(after));
  }

  @Test
  @Order(7)
  void wrongUseHasItsOwnExitCode() throws Exception {
    assertEquals(2, run("no-such-command").exit());
  }

  private int verify(Path files, String document) throws Exception {
    return run(
            "verify",
            files.resolve(document).toString(),
            "--proof",
            files.resolve("results.tlog-proof").toString(),
            "--policy",
            files.resolve("policy").toString())
        .exit();
  }

  private static List<String> entries(Run audit) {
    return Pattern.compile("\\d+ entries")
        .matcher(audit.output())
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private Run run(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Resources.root().resolve("indelible").toString()));
    command.addAll(List.of(words));
    File output = Files.createTempFile(home, "output", ".txt").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output);
    builder.environment().put("INDELIBLE_HOME", home.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int exit = builder.start().waitFor();
    return new Run(exit, Files.readString(output.toPath(), StandardCharsets.UTF_8));
  }
}
