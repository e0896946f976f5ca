package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.testing.RealPostgres;
import dev.indelible.local.testing.RowSecurity;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the database lets the service's own login reach: the wall behind the service's checks.
@QuarkusTest
@TestProfile(RowSecurityTest.SmallPool.class)
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "claims"))
@WithTestResource(
    value = ServiceUnderTest.class,
    initArgs = @ResourceArg(name = "ledger", value = "fake"))
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
      breakGlass(insurer, decided);
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

  private static void breakGlass(String insurer, String claim) {
    as("agency", "auditor")
        .body("{\"reason\":\"complaint\",\"explanation\":\"somebody complained\"}")
        .post("/v1/claims/" + claim + "/break-glass")
        .then()
        .statusCode(201);
    RequestSpecification officer = as(insurer, "privacy-officer");
    String glass = officer.get("/v1/break-glass").path("items[0].id");
    as(insurer, "privacy-officer")
        .body("{\"finding\":\"justified\"}")
        .post("/v1/break-glass/" + glass + "/review")
        .then()
        .statusCode(201);
  }

  /// A patient lets another insurer read, which does, and takes it back.
  private static void share(String insurer, String other) {
    String claim = submit(insurer, Samples.claim("CLM-P-" + insurer, "M-P-" + insurer));
    String member = "{\"member\":{\"system\":\"http://members.example/person\",\"value\":\"%s\"}}";
    invite(insurer, member.formatted("M-OPEN"));
    String code = invite(insurer, member.formatted("M-P-" + insurer));
    String patient = "patient-of-" + insurer;
    String membership =
        ConsentTest.me(patient)
            .body("{\"code\":\"" + code + "\"}")
            .post("/v1/me/memberships")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
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

  private static String invite(String insurer, String member) {
    return as(insurer, "claim-submitter")
        .body(member)
        .post("/v1/members/invitations")
        .then()
        .statusCode(201)
        .extract()
        .path("code");
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
        assertEquals(forbidden ? RowSecurity.FORBIDDEN : "23505", refusal("alder", copy), table);
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

  @Test
  void nothingMayBeDoneThatTheServiceDoesNotDo() {
    assertEquals(
        List.of(
            "access_sealing: UPDATE seal",
            "access_sealing: UPDATE statement_id",
            "anchored_statement: UPDATE cells",
            "anchored_statement: UPDATE commitments",
            "anchored_statement: UPDATE pointers",
            "anchored_statement: UPDATE seed",
            "break_glass: DELETE",
            "break_glass_review: DELETE",
            "claim: DELETE",
            "claim_diagnosis: DELETE",
            "claim_line: DELETE",
            "consent_decision: DELETE",
            "decision: DELETE",
            "decision_line: DELETE",
            "dpop_proof: DELETE",
            "erasure: UPDATE finished",
            "erasure: UPDATE last_error",
            "erasure: UPDATE not_before",
            "erasure: UPDATE seal",
            "erasure: UPDATE statements",
            "exact_key: DELETE",
            "idempotency: DELETE",
            "match_alert: DELETE",
            "member_invitation: DELETE",
            "outbox: DELETE",
            "outbox: UPDATE attempts",
            "outbox: UPDATE held",
            "outbox: UPDATE last_error",
            "outbox: UPDATE not_before",
            "outbox: UPDATE seal",
            "outbox: UPDATE tokens",
            "receipt: UPDATE level",
            "receipt: UPDATE proof",
            "receipt: UPDATE seal",
            "redemption_attempt: DELETE",
            "redemption_attempt: UPDATE attempts"),
        database.privileges());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set role claims",
        "set session authorization claims",
        "alter table claim disable row level security",
        "alter table claim no force row level security",
        "drop policy own on claim",
        "create policy mine on claim using (true)",
        "alter function sees_all() rename to sees_none",
        "create or replace function sees_all() returns boolean language sql return true",
        "alter table claim add column x text",
        "truncate claim cascade",
        "create table mine (x text)",
        "create temporary table claim (x text)",
        "create schema mine",
        "select * from flyway_schema_history",
        "update claim set organisation = 'alder'",
        "select id from claim for update",
        "alter role claims_service bypassrls"
      })
  void theLoginCannotHelpItself(String command) {
    assertEquals(RowSecurity.FORBIDDEN, refusal("*", command));
  }

  private String refusal(String organisation, String command) {
    return assertThrows(
            RowSecurity.Refused.class, () -> database.execute(organisation, command), command)
        .state();
  }

  @Test
  void policiesCannotBeSwitchedOffForASession() {
    // The setting makes a query fail that a policy would have cut short; it lets no row through.
    String command = "set local row_security = off; delete from claim";
    assertEquals(RowSecurity.FORBIDDEN, refusal("alder", command));
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
    List<Callable<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String insurer = INSURERS.get(i % INSURERS.size());
      calls.add(
          () -> {
            List<String> seen =
                as(insurer, "claim-submitter").get("/test/unchecked").jsonPath().getList("");
            assertEquals(Set.of(insurer), Set.copyOf(seen));
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
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
