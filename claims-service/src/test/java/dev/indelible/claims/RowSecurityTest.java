package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.testing.RowSecurity;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whose rows the database lets the service's own login reach: the wall behind the service's
/// checks.
@QuarkusTest
@TestProfile(RowSecurityTest.SmallPool.class)
@ServiceUnderTest.SurroundingsWithLedger
@Tag("asvs-5.0/8.4.1")
class RowSecurityTest {
  /// Of whoever runs the service: no insurer has rows there.
  private static final Set<String> OPERATORS = Set.of("rule_set");

  /// About two insurers, by a patient's wish.
  private static final Set<String> SHARED =
      Set.of("consent_grant", "consent_revocation", "consent_decision");

  /// Of a patient, who belongs to no insurer.
  private static final Set<String> NO_INSURERS = Set.of("redemption_attempt");

  private static final List<String> INSURERS = List.of("alder", "birch");

  private final RowSecurity database = new RowSecurity("claims");

  /// Few connections, so that insurers follow one another on each.
  public static final class SmallPool implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.datasource.jdbc.max-size", "3");
    }
  }

  @BeforeEach
  void bothInsurersHaveRowsInEveryTable() throws Exception {
    if (Rows.strings("select record from tombstone").size() >= INSURERS.size()) {
      return;
    }
    for (String insurer : INSURERS) {
      String decided = submit(insurer, Samples.claim("CLM-" + insurer, "M-SHARED"));
      as(insurer, "adjudicator")
          .body("{\"outcome\":\"denied\",\"reason\":\"not covered\",\"overrideAlert\":true}")
          .post("/v1/claims/" + decided + "/decisions")
          .then()
          .statusCode(201);
      as("agency", "auditor").body("{\"reason\":\"court\"}").put("/v1/claims/" + decided + "/hold");
      BreakGlassTest.breakAndReview(insurer, decided);
      String erased = submit(insurer, Samples.claim());
      as(insurer, "claim-submitter")
          .body("{\"basis\":\"gdpr-17-1-a\"}")
          .post("/v1/claims/" + erased + "/erasure")
          .then()
          .statusCode(202);
    }
    for (String insurer : INSURERS) {
      share(insurer, insurer.equals("alder") ? "birch" : "alder");
    }
    await("select 1 where not exists (select from outbox)");
    await("select 1 where (select count(*) from erasure where finished) = 2");
    await("select 1 where (select count(*) from match_alert) = 2");
    Rows.update(
        """
        insert into access_statement (id, record, organisation, number, hour, sealed_at)
        select gen_random_uuid(), gen_random_uuid(), o, 1, '2026-01-01T00', ''
        from unnest(array['alder', 'birch']) o""");
    // What is left of bad days, so that these tables have rows too.
    Rows.update(
        """
        insert into outbox (statement_id, tokens, seal, enqueued, not_before, held)
        select id, '[]', '', now(), now(), 'entry' from anchored_statement""");
    Rows.update(
        """
        insert into refusal (statement_id, original_index, original_record, token_name, seal)
        select id, 0, id, 'exact', '' from anchored_statement""");
  }

  /// A patient lets another insurer read, which does, and takes it back.
  private static void share(String insurer, String other) {
    String claim = submit(insurer, Samples.claim("CLM-P-" + insurer, "M-P-" + insurer));
    String token = Tokens.token(insurer, "claim-submitter");
    var ignored = MembershipTest.invite(token, "M-OPEN");
    String patient = "patient-of-" + insurer;
    String membership =
        MembershipTest.redeem(patient, MembershipTest.invite(token, "M-P-" + insurer)).path("id");
    String grant =
        ConsentTest.me(patient)
            .body(
                "{\"membership\":\"%s\",\"recipient\":\"%s\",\"purpose\":\"HPAYMT\",\"until\":\"8999-01-01T00:00:00Z\"}"
                    .formatted(membership, other))
            .post("/v1/me/grants")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    as(other, "adjudicator")
        .header("Purpose-Of-Use", "HPAYMT")
        .get("/v1/shared-claims/" + claim)
        .then()
        .statusCode(200);
    ConsentTest.me(patient).delete("/v1/me/grants/" + grant).then().statusCode(204);
  }

  @Test
  void everyTableHasAPolicyThatItsOwnerIsSubjectTo() {
    assertEquals(List.of(), database.open());
  }

  @Test
  void everyInsurerSeesItsOwnRowsAndNoOthers() {
    List<String> insurers = new ArrayList<>(database.tables());
    insurers.removeAll(SHARED);
    insurers.removeAll(NO_INSURERS);
    for (String table : insurers) {
      List<String> all = database.rows(table, Optional.of("*"));
      assertEquals(count(table), all.size(), table);
      List<String> alder = database.rows(table, Optional.of("alder"));
      List<String> birch = database.rows(table, Optional.of("birch"));
      boolean theirs = !OPERATORS.contains(table);
      assertEquals(theirs, !alder.isEmpty(), table);
      assertEquals(theirs, !birch.isEmpty(), table);
      List<String> together = new ArrayList<>(database.rows(table, Optional.of("indelible")));
      together.addAll(alder);
      together.addAll(birch);
      assertEquals(all, together.stream().sorted().toList(), table);
      if (table.equals("access_event")) {
        continue; // says who looked, whoever it was
      }
      Set<String> ids = ids("birch");
      alder.forEach(row -> assertTrue(ids.stream().noneMatch(row::contains), table + row));
    }
  }

  /// A third insurer sees nothing of what two of them share, and no insurer what is a patient's.
  @Test
  void whatIsSharedIsSeenByTwo() {
    for (String table : SHARED) {
      assertEquals(2, database.rows(table, Optional.of("*")).size(), table);
      assertEquals(List.of(), database.rows(table, Optional.of("cedar")), table);
    }
    assertEquals(2, database.rows("consent_grant", Optional.of("alder")).size());
    assertEquals(List.of(), database.rows("redemption_attempt", Optional.of("alder")));
  }

  /// What is another's by the live columns, not by the policies.
  private static Set<String> ids(String insurer) {
    Set<String> ids = new HashSet<>(Set.of("\"" + insurer + "\""));
    for (String column : List.of("id", "record")) {
      ids.addAll(
          Rows.strings("select " + column + " from claim where organisation = '" + insurer + "'"));
    }
    ids.addAll(Rows.strings("select id from decision where organisation = '" + insurer + "'"));
    ids.addAll(Rows.strings("select record from tombstone where organisation = '" + insurer + "'"));
    return ids;
  }

  @Test
  void withoutAScopeNothingIsSeen() {
    for (String table : database.tables()) {
      assertEquals(List.of(), database.rows(table, Optional.empty()), table);
      assertEquals(List.of(), database.rows(table, Optional.of("")), table);
    }
  }

  @Test
  void anothersRowsCannotBeInsertedChangedOrDeleted() {
    for (String table : database.tables()) {
      for (String row : written(table, "birch")) {
        String copy =
            "insert into %1$s overriding system value select * from jsonb_populate_record(null::%1$s, $j$%2$s$j$)"
                .formatted(table, row);
        boolean forbidden = !table.equals("access_sealing"); // a second one is, for everybody
        assertEquals(
            Optional.of(forbidden ? RowSecurity.FORBIDDEN : "23505"),
            database.refusal("alder", copy),
            table);
      }
      for (String privilege : database.privileges()) {
        if (privilege.startsWith(table + ": ")) {
          String[] may = privilege.substring(table.length() + 2).split(" ");
          String command = command(table, may);
          assertEquals(0, database.execute("nobody", command), command);
          assertEquals(written(table, "alder").size(), touched("alder", command), command);
        }
      }
    }
  }

  /// What an insurer sees and may have written: not what another asked about its claims.
  private List<String> written(String table, String insurer) {
    String own = "\"organisation\": \"" + insurer + "\"";
    return database.rows(table, Optional.of(insurer)).stream()
        .filter(row -> !table.equals("consent_decision") || row.contains(own))
        .toList();
  }

  private static String command(String table, String... may) {
    return may.length == 1
        ? "delete from " + table
        : "update %1$s set %2$s = %2$s".formatted(table, may[1]);
  }

  /// Rows that the command touched, were nothing else in its way.
  private int touched(String organisation, String command) {
    try {
      return database.execute(organisation, command);
    } catch (RowSecurity.Refused e) {
      assertEquals("23503", e.state(), command); // foreign_key_violation: its own rows hang on it
      return database.rows(command.split(" ")[2], Optional.of(organisation)).size();
    }
  }

  /// [Unchecked] asks as `Claims.find` does, which names no organisation.
  @Test
  void aCheckThatTheServiceForgotIsMadeByTheDatabase() {
    String birchs = submit("birch", Samples.claim());
    as("birch", "claim-submitter").get("/test/unchecked/" + birchs).then().statusCode(200);
    as("alder", "claim-submitter").get("/test/unchecked/" + birchs).then().statusCode(404);
    as("alder", "claim-submitter")
        .get("/test/unchecked")
        .then()
        .body("size()", greaterThan(0))
        .body("", everyItem(equalTo("alder")));
    as("*", "claim-submitter").get("/test/unchecked").then().body("", equalTo(List.of()));
  }

  @Test
  void noOthersRowsAreLeftOnAConnectionOfThePool() throws Exception {
    assertEquals(List.of(), RowSecurity.mixed(INSURERS, RowSecurityTest::shown));
  }

  private static Set<String> shown(String insurer) {
    return Set.copyOf(
        as(insurer, "claim-submitter").get("/test/unchecked").jsonPath().<String>getList(""));
  }

  private static int count(String table) {
    return Integer.parseInt(Rows.strings("select count(*) from " + table).getFirst());
  }

  private static String submit(String insurer, String claim) {
    return as(insurer, "claim-submitter")
        .header("Idempotency-Key", insurer + claim.hashCode())
        .body(claim)
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static RequestSpecification as(String organisation, String role) {
    return given().auth().oauth2(Tokens.token(organisation, role)).contentType("application/json");
  }

  private static void await(String query) throws InterruptedException {
    for (int i = 0; i < 400 && Rows.strings(query).isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertFalse(Rows.strings(query).isEmpty(), query);
  }
}
