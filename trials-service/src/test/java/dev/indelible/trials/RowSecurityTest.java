package dev.indelible.trials;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.TestPostgres;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.local.testing.RowSecurity;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the database lets the service's own login reach: the wall behind the service's checks.
@QuarkusTest
@TestProfile(RowSecurityTest.SmallPool.class)
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "trials"))
@WithTestResource(Keys.class)
@Tag("asvs-5.0/8.4.1")
class RowSecurityTest {
  /// Of whoever runs the service: no sponsor has rows there.
  private static final Set<String> OPERATORS = Set.of("rule_set");

  private final RowSecurity database = new RowSecurity("trials");

  /// Few connections, so that sponsors follow one another on each.
  public static final class SmallPool implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.datasource.jdbc.max-size", "3");
    }
  }

  @BeforeEach
  void bothSponsorsHaveRowsInEveryTable() throws SQLException {
    if (!database.asSuperuser("select 1 from protocol_version").isEmpty()) {
      return;
    }
    var ignored = List.of(Samples.wholeTrial(Tokens.cardia()), Samples.wholeTrial(Tokens.other()));
    try (Connection connection = TestPostgres.connect("trials")) {
      // The relay takes its eyes off them; and what the ledger would have answered.
      connection.createStatement().executeUpdate("update outbox set held = 'entry'");
      connection
          .createStatement()
          .executeUpdate(
              """
              insert into receipt (statement_id, leaf_index, block, level, proof, seal)
              select id, row_number() over (), 0, 'witnessed', '', '' from anchored_statement""");
      connection
          .createStatement()
          .executeUpdate(
              """
              insert into refusal (statement_id, original_index, original_record, token_name, seal)
              select id, 0, id, 'exact', '' from anchored_statement""");
    }
  }

  @Test
  void everyTableHasAPolicyThatItsOwnerIsSubjectTo() {
    assertEquals(List.of(), database.open());
  }

  @Test
  void everySponsorSeesItsOwnRowsAndNoOthers() {
    List<String> others =
        database.asSuperuser(
            """
            select id::text from protocol_version where organisation = 'elsewhere'
            union select protocol_id::text from protocol_version where organisation = 'elsewhere'
            union select id::text from result_set where organisation = 'elsewhere'
            union select id::text from finding_report where organisation = 'elsewhere'""");
    for (String table : database.tables()) {
      List<String> all = database.rows(table, Optional.of("*"));
      assertEquals(
          List.of(Integer.toString(all.size())),
          database.asSuperuser("select count(*) from " + table),
          table);
      List<String> cardia = database.rows(table, Optional.of("cardia"));
      List<String> elsewhere = database.rows(table, Optional.of("elsewhere"));
      boolean theirs = !OPERATORS.contains(table);
      assertEquals(theirs, !cardia.isEmpty(), table);
      assertEquals(theirs, !elsewhere.isEmpty(), table);
      cardia.forEach(row -> assertTrue(others.stream().noneMatch(row::contains), table + row));
      if (theirs) {
        List<String> together = new ArrayList<>(database.rows(table, Optional.of("indelible")));
        together.addAll(cardia);
        together.addAll(elsewhere);
        assertEquals(all, together.stream().sorted().toList(), table);
      }
    }
  }

  @Test
  void withoutAScopeNothingIsSeen() {
    for (String table : database.tables()) {
      assertEquals(List.of(), database.rows(table, Optional.empty()), table);
      assertEquals(List.of(), database.rows(table, Optional.of("")), table);
    }
  }

  @Test
  void anothersRowsCannotBeInserted() {
    for (String table : database.tables()) {
      for (String row : database.rows(table, Optional.of("elsewhere"))) {
        String copy =
            "insert into %1$s overriding system value select * from jsonb_populate_record(null::%1$s, $j$%2$s$j$)"
                .formatted(table, row);
        assertEquals(Optional.of(RowSecurity.FORBIDDEN), database.refusal("cardia", copy), table);
      }
    }
  }

  /// No trial is ever changed or deleted: there is nothing to try on another's.
  @Test
  void nothingMayBeDoneThatTheServiceDoesNotDo() {
    assertEquals(
        List.of(
            "anchored_statement: UPDATE cells",
            "anchored_statement: UPDATE commitments",
            "anchored_statement: UPDATE pointers",
            "anchored_statement: UPDATE seed",
            "dpop_proof: DELETE",
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
            "record_key: DELETE",
            "record_key: UPDATE kek",
            "record_key: UPDATE wrapped",
            "spent_authentication: DELETE"),
        database.privileges());
    assertEquals(
        database.rows("outbox", Optional.of("cardia")).size(),
        database.execute("cardia", "delete from outbox"));
    assertEquals(0, database.execute("nobody", "update receipt set seal = ''"));
  }

  @Test
  void theLoginCannotHelpItself() {
    assertEquals(List.of(), database.waysOut("protocol_version"));
  }

  @Test
  void aCheckThatTheServiceForgotIsMadeByTheDatabase() {
    Api.get(Tokens.cardia(), "/test/unchecked").statusCode(200).body("unique()", equalTo(cardia()));
    given().get("/test/unchecked").then().statusCode(200).body("", equalTo(List.of()));
    Api.get(Tokens.cardia(), "/test/unchecked/outside").body("", equalTo(List.of()));
    // Nor does a role help where no operation says that it does.
    Api.get(Tokens.regulator(), "/test/unchecked").body("", equalTo(List.of()));
  }

  private static List<String> cardia() {
    return List.of("cardia");
  }

  @Test
  void regulatorsAndThePublicReadAcrossOrganisations() {
    String registryId = Samples.freshNct();
    Api.post(Tokens.other(), "/v1/protocols", Samples.protocol(registryId)).statusCode(202);
    Api.get(Tokens.regulator(), "/v1/protocols/" + registryId).statusCode(200);
    Api.get(Tokens.cardia(), "/v1/protocols/" + registryId).statusCode(404);
    Api.get(Tokens.regulator(), "/v1/protocols")
        .statusCode(200)
        .body("items.registryIds.value.flatten()", hasItem(registryId));
    given().get("/v1/public/protocols/" + registryId).then().statusCode(200);
  }

  @Test
  void noOthersRowsAreLeftOnAConnectionOfThePool() throws Exception {
    Map<String, String> tokens = Map.of("cardia", Tokens.cardia(), "elsewhere", Tokens.other());
    assertEquals(
        List.of(),
        RowSecurity.mixed(
            List.copyOf(tokens.keySet()), sponsor -> shown(String.valueOf(tokens.get(sponsor)))));
  }

  private static Set<String> shown(String token) {
    return Set.copyOf(Api.get(token, "/test/unchecked").extract().jsonPath().<String>getList(""));
  }
}
