package dev.indelible.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.consent.command.ReplayMain;
import dev.indelible.e2e.Scenario.Cast;
import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A patient of one insurer shows a claim to another, which asks any process of the service; what
/// was decided, anybody makes again.
@Tag("asvs-5.0/8.2.2")
@Tag("hipaa/164.312.a.1")
class ConsentTest {
  private final Api api = new Api(SharedStack.get());

  @Test
  void whatOneProcessWasToldEveryProcessKnowsAtOnce() {
    Cast cast =
        new Cast("alder", "alder-adjudicator", "sponsor", Samples.fresh("TEST"), "ana", "birch");
    Scenario scenario = Scenario.play(api, cast);
    List<Service> processes = api.stack().claims();
    assertTrue(processes.size() > 1);
    for (Service process : processes) {
      ask(process, scenario.claimId()).then().statusCode(200).body("insurer", equalTo("alder"));
      assertEquals(404, ask(process, scenario.decidedClaimId()).statusCode());
    }
    api.as("ana", processes.getFirst())
        .delete("/v1/me/grants/{id}", scenario.grantId())
        .then()
        .statusCode(204);
    for (Service process : processes.reversed()) {
      assertEquals(404, ask(process, scenario.claimId()).statusCode());
    }
    api.requireSound();
  }

  /// As a patient does it who does not believe us: the two files of each decision, the rule file of
  /// the repository, and the command.
  @Test
  void everyDecisionIsMadeAgainByTheCommand(@TempDir Path folder) throws Exception {
    Cast cast =
        new Cast("alder", "alder-adjudicator", "sponsor", Samples.fresh("TEST"), "ana", "birch");
    Scenario scenario = Scenario.play(api, cast);
    ask(api.claims(), scenario.claimId()).then().statusCode(200);
    api.as("ana", api.claims())
        .delete("/v1/me/grants/{id}", scenario.grantId())
        .then()
        .statusCode(204);
    ask(api.claims(), scenario.claimId()).then().statusCode(404);
    List<Map<String, String>> decisions =
        api.as("ana", api.claims())
            .get("/v1/me/claims/{id}/consent-decisions", scenario.claimId())
            .path("items");
    assertEquals(List.of("permit", "deny"), decisions.stream().map(d -> d.get("verdict")).toList());
    for (Map<String, String> decision : decisions) {
      String document = decision.get("document");
      String edited =
          document.contains("permit")
              ? document.replace("permit", "deny")
              : document.replace("no-grant", "forbidden");
      Path inputs = Files.writeString(folder.resolve("inputs.json"), decision.get("inputs"));
      assertEquals("0 MATCHES", replay(folder, inputs, document));
      assertEquals("1 CONTRADICTED", replay(folder, inputs, edited));
      Files.writeString(inputs, decision.get("inputs").replace("birch", "cedar"));
      assertEquals("3 COULD NOT BE CHECKED", replay(folder, inputs, document));
    }
  }

  /// The exit code and the verdict of the command. That the script starts it, `ShellCommandTest`
  /// shows.
  private static String replay(Path folder, Path inputs, String decision) throws IOException {
    Path rules =
        Resources.root().resolve("claims-service/src/main/resources/rules/consent-v1.json");
    Path said = Files.writeString(folder.resolve("decision.json"), decision);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit =
        ReplayMain.run(
            List.of(rules.toString(), inputs.toString(), said.toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err);
    return exit + " " + out.toString(StandardCharsets.UTF_8).split("  ", 2)[0];
  }

  private Response ask(Service process, String claim) {
    return api.as("birch-adjudicator", process)
        .header("Purpose-Of-Use", "HPAYMT")
        .get("/v1/shared-claims/{id}", claim);
  }
}
