package dev.indelible.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.e2e.Scenario.Cast;
import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A patient of one insurer shows a claim to another, which asks any process of the service.
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

  private Response ask(Service process, String claim) {
    return api.as("birch-adjudicator", process)
        .header("Purpose-Of-Use", "HPAYMT")
        .get("/v1/shared-claims/{id}", claim);
  }
}
