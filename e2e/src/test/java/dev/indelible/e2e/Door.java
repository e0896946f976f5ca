package dev.indelible.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.function.UnaryOperator;

/// A request that writes, one for each form in which a service takes records, ready but for the
/// credentials.
///
/// @param type the body's media type
record Door(Service service, String path, String type, String body) {
  static List<Door> all(Api api) {
    String claim = Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000);
    return List.of(
        new Door(api.claims(), "/v1/claims", "application/json", claim),
        new Door(api.claims(), "/fhir/Claim", "application/fhir+json", "{}"),
        new Door(
            api.trials(), "/v1/protocols", "application/json", Samples.protocol(Samples.nct())),
        new Door(
            api.stack().ledger(),
            "/v1/logs/claims/entries",
            "application/json",
            "{\"entry\":\"\",\"tokens\":[]}"),
        new Door(api.stack().ledger(), "/scitt/claims/entries", "application/cose", "{}"));
  }

  Response knock(UnaryOperator<RequestSpecification> credentials) {
    return credentials
        .apply(Api.anyone(service).contentType(type))
        .body(body.getBytes(UTF_8))
        .post(path);
  }

  Response knock(String bearer) {
    return knock(request -> request.header("Authorization", "Bearer " + bearer));
  }

  @Override
  public String toString() {
    return path;
  }
}
