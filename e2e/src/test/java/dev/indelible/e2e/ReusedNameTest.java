package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Somebody leaves, and somebody else gets the name, the address and the password. Who that is the
/// services know by the identifier that Keycloak gives once (RFC 7519 §4.1.2), never by a name.
class ReusedNameTest {
  private static final Api API = new Api(SharedStack.get());

  private final RealmAdmin admin = new RealmAdmin(API.stack());
  private final String name = Samples.fresh("person").toLowerCase(java.util.Locale.ROOT);

  @AfterEach
  void oracle() {
    API.requireSound();
  }

  @Test
  @Tag("hipaa/164.312.a.2.i")
  @Tag("asvs-5.0/10.3.3")
  void aPatientDoesNotInheritTheClaimsOfTheNamesake() {
    String member = Samples.fresh("TEST");
    String claim =
        API.submit("alder", Samples.claim(Samples.fresh("CLM"), member, 64_000)).path("id");
    String first = admin.addPerson(name, "patient", Map.of());
    assertEquals(201, post("/v1/me/memberships", "{\"code\": \"" + code(member) + "\"}"));
    assertEquals(200, get("/v1/me/claims/" + claim).statusCode());

    admin.removePerson(first);
    String second = admin.addPerson(name, "patient", Map.of());

    assertNotEquals(first, second);
    assertEquals(List.of(), get("/v1/me/memberships").jsonPath().getList("$"));
    assertEquals(404, get("/v1/me/claims/" + claim).statusCode());
    admin.removePerson(second);
  }

  /// Even an administrator who asks for the identifier of before is given another one.
  @Test
  @Tag("part11/11.100")
  @Tag("hipaa/164.312.a.2.i")
  @Tag("asvs-5.0/10.3.3")
  void anAdjudicatorDoesNotSignAsTheNamesake() {
    String claim =
        API.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000))
            .path("id");
    String decisions = "/v1/claims/" + claim + "/decisions";
    String first = addAdjudicator(Map.of());
    assertEquals(201, post(decisions, "{\"outcome\": \"pended\", \"reason\": \"to be seen\"}"));

    admin.removePerson(first);
    String second = addAdjudicator(Map.of("id", first));
    assertEquals(201, post(decisions, "{\"outcome\": \"denied\", \"reason\": \"was seen\"}"));

    assertNotEquals(first, second);
    assertEquals(List.of(first, second), get(decisions).jsonPath().getList("decidedBy"));
    admin.removePerson(second);
  }

  private String addAdjudicator(Map<String, Object> more) {
    String id = admin.addPerson(name, "adjudicator", more);
    admin.join("alder", id);
    return id;
  }

  private static String code(String member) {
    return API.as("alder", API.claims())
        .contentType(ContentType.JSON)
        .body(Samples.invitation(member))
        .post("/v1/members/invitations")
        .then()
        .statusCode(201)
        .extract()
        .path("code");
  }

  private int post(String path, String body) {
    return now().contentType(ContentType.JSON).body(body).post(path).statusCode();
  }

  private Response get(String path) {
    return now().get(path);
  }

  /// Whoever has the name at this moment.
  private RequestSpecification now() {
    return Api.anyone(API.claims()).auth().oauth2(admin.user(name).getString("access_token"));
  }
}
