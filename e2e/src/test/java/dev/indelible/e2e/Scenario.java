package dev.indelible.e2e;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

/// A short life of the system in which every anchored table gets rows: claims by JSON and by FHIR,
/// a patient who reads one of them and shares it, decisions, one that was held and then erased,
/// glass that was broken, enough looks at claims for a statement, a protocol, an amendment and
/// results.
record Scenario(
    Cast cast,
    String claimId,
    String grantId,
    String revokedGrantId,
    String decidedClaimId,
    String brokenClaimId,
    String erasedClaimId,
    String registryId,
    String protocolId,
    String resultsId) {

  /// So many events are a statement at once (`AccessStatement.MOST`).
  private static final int ENOUGH = 250;

  /// Who plays.
  ///
  /// @param member whom the first claim is for
  /// @param patient who that member is
  /// @param recipient another insurer, who may read that claim
  record Cast(
      String insurer,
      String adjudicator,
      String sponsor,
      String member,
      String patient,
      String recipient) {
    String privacyOfficer() {
      return insurer + "-privacy";
    }
  }

  static Scenario play(Api api) {
    return play(
        api,
        new Cast("alder", "alder-adjudicator", "sponsor", Samples.fresh("TEST"), "ana", "birch"));
  }

  static Scenario play(Api api, Cast cast) {
    String claim = accepted(api, cast, Samples.claim(Samples.fresh("CLM"), cast.member(), 64_000));
    String membership = link(api, cast);
    String grant = grant(api, cast, membership);
    String revoked = grant(api, cast, membership);
    api.as(cast.patient(), api.claims())
        .delete("/v1/me/grants/{id}", revoked)
        .then()
        .statusCode(204);
    String decided = accepted(api, cast, claim(12_345));
    api.as(cast.adjudicator(), api.claims())
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/claims/{id}/decisions", decided)
        .then()
        .statusCode(201);
    String broken = accepted(api, cast, claim(7_700));
    breakGlass(api, cast, broken);
    look(api, cast, decided);
    String erased = erasedClaim(api, cast);
    fhirClaim(api);
    String nct = Samples.nct();
    JsonPath protocol = trial(api, cast, "/v1/protocols", Samples.protocol(nct));
    String id = protocol.getString("id");
    trial(api, cast, "/v1/protocols/" + id + "/amendments", Samples.amendment(nct));
    JsonPath results =
        trial(
            api,
            cast,
            "/v1/protocols/" + id + "/results",
            Samples.switchedResults(protocol.getString("versionId")));
    return new Scenario(
        cast, claim, grant, revoked, decided, broken, erased, nct, id, results.getString("id"));
  }

  /// An auditor breaks the glass, and the insurer's officer reviews it.
  private static void breakGlass(Api api, Cast cast, String claim) {
    Api.anyone(api.claims())
        .auth()
        .oauth2(api.stack().tokens().fresh("auditor"))
        .contentType(ContentType.JSON)
        .body("{\"reason\":\"complaint\",\"explanation\":\"somebody complained\"}")
        .post("/v1/claims/{id}/break-glass", claim)
        .then()
        .statusCode(201);
    String glass = "items.find { it.claim == '" + claim + "' }.id";
    RequestSpecification officer = api.as(cast.privacyOfficer(), api.claims());
    String id = officer.get("/v1/break-glass?limit=200").jsonPath().getString(glass);
    api.as(cast.privacyOfficer(), api.claims())
        .contentType(ContentType.JSON)
        .body("{\"finding\":\"justified\"}")
        .post("/v1/break-glass/{id}/review", id)
        .then()
        .statusCode(201);
  }

  /// The insurer's code makes the patient its member. A second one, sent by mistake, stays unused.
  private static String link(Api api, Cast cast) {
    String code = invite(api, cast);
    String ignored = invite(api, cast);
    return patients(api, cast, "/v1/me/memberships", "{\"code\": \"" + code + "\"}");
  }

  private static String invite(Api api, Cast cast) {
    return api.as(cast.insurer(), api.claims())
        .contentType(ContentType.JSON)
        .body(Samples.invitation(cast.member()))
        .post("/v1/members/invitations")
        .then()
        .statusCode(201)
        .extract()
        .path("code");
  }

  /// The patient lets the other insurer read.
  private static String grant(Api api, Cast cast, String membership) {
    return patients(api, cast, "/v1/me/grants", Samples.grant(membership, cast.recipient()));
  }

  private static String patients(Api api, Cast cast, String path, String body) {
    return api.as(cast.patient(), api.claims())
        .contentType(ContentType.JSON)
        .body(body)
        .post(path)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /// Looks at the insurer's claims until there are enough events for a statement.
  private static void look(Api api, Cast cast, String claim) {
    for (int seen = 0; seen < ENOUGH; ) {
      seen +=
          api.as(cast.insurer(), api.claims())
              .get("/v1/claims?limit=200")
              .jsonPath()
              .getList("items")
              .size();
    }
    Api.await(
        "a statement with the first look at " + claim,
        () ->
            !api.as(cast.privacyOfficer(), api.claims())
                .get("/v1/claims/{id}/accesses?limit=1", claim)
                .jsonPath()
                .getString("items[0].anchor.status")
                .equals("PENDING"));
  }

  /// A FHIR claim with diagnoses and more than one line.
  private static void fhirClaim(Api api) {
    String body =
        Resources.testdata("fhir-claims/hl7-r4-examples/Claim-100150.json")
            .replace("\"12345\"", "\"" + Samples.fresh("N") + "\"");
    int status =
        api.as("birch", api.claims())
            .contentType("application/fhir+json")
            .body(body)
            .post("/fhir/Claim")
            .statusCode();
    if (status != 201 && status != 409) {
      throw new AssertionError("the FHIR claim was answered with " + status);
    }
  }

  /// A claim that is held, released and erased, all of it anchored.
  private static String erasedClaim(Api api, Cast cast) {
    String id = accepted(api, cast, claim(9_900));
    reason(api).put("/v1/claims/{id}/hold", id).then().statusCode(200);
    reason(api).delete("/v1/claims/{id}/hold", id).then().statusCode(204);
    api.fresh(cast.insurer(), api.claims())
        .contentType(ContentType.JSON)
        .body("{\"basis\":\"gdpr-17-1-a\"}")
        .post("/v1/claims/{id}/erasure", id)
        .then()
        .statusCode(202);
    Api.await(
        "the erasure of " + id,
        () ->
            api.as(cast.insurer(), api.claims())
                .get("/v1/claims/{id}/erasure", id)
                .jsonPath()
                .getString("state")
                .equals("ERASED"));
    return id;
  }

  private static RequestSpecification reason(Api api) {
    return api.fresh("auditor", api.claims())
        .contentType(ContentType.JSON)
        .body("{\"reason\":\"litigation\"}");
  }

  private static String claim(long chargeMinor) {
    return Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), chargeMinor);
  }

  private static String accepted(Api api, Cast cast, String claim) {
    return api.submit(cast.insurer(), claim)
        .then()
        .statusCode(202)
        .extract()
        .jsonPath()
        .getString("id");
  }

  private static JsonPath trial(Api api, Cast cast, String path, String body) {
    return api.as(cast.sponsor(), api.trials())
        .contentType(ContentType.JSON)
        .body(body)
        .post(path)
        .then()
        .statusCode(202)
        .extract()
        .jsonPath();
  }
}
