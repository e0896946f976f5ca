package dev.indelible.claims;

import static dev.indelible.claims.ErasureTest.as;
import static dev.indelible.claims.ErasureTest.audit;
import static dev.indelible.claims.ErasureTest.awaitRows;
import static dev.indelible.claims.ErasureTest.submit;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.RelayStep;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events become statements, each of one only, whatever happens; and stay what they were.
@Tag("hipaa/164.312.b")
@Tag("part11/11.10.e")
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "claims"))
@WithTestResource(
    value = ServiceUnderTest.class,
    initArgs = @ResourceArg(name = "ledger", value = "fake"))
class AccessSealingTest {
  private static final int MOST = 250;

  @Inject TestTime time;
  @Inject @All List<RelayStep> steps;

  @AfterEach
  void everyEventIsInOneStatementAndEverythingMatches() throws InterruptedException {
    time.nextHour();
    awaitSealed();
    requireOrder();
    audit().then().body("differences", equalTo(List.of())).body("verdict", equalTo("MATCHES"));
  }

  static void awaitSealed() throws InterruptedException {
    awaitRows(
        "select 1 where not exists (select from access_sealing where statement_id is null)"
            + " and not exists (select from outbox)");
  }

  /// Statements of an organisation count without a gap, and hold events of their hour alone.
  private static void requireOrder() {
    assertEquals(
        List.of(),
        Rows.strings(
            """
            select organisation from access_statement
            group by organisation having count(*) <> max(number) or count(distinct record) <> 1
            """));
    assertEquals(
        List.of(),
        Rows.strings(
            """
            select t.id from access_statement t
            join access_sealing s on s.statement_id = t.id join access_event e on e.id = s.id
            where e.organisation <> t.organisation or left(e.accessed_at, 13) <> t.hour
            union all
            select statement_id from access_sealing group by 1 having count(*) > %d
            union all
            select id from access_event where id not in (select id from access_sealing)
            """
                .formatted(MOST)));
  }

  @Test
  void eventsOfAnHourAreAStatementAndAnHourWithoutIsNone() throws InterruptedException {
    String organisation = "elder";
    String claim = as(token(organisation)).body(Samples.claim()).post("/v1/claims").path("id");
    read(organisation, claim, 3);
    time.nextHour();
    awaitSealed();
    time.nextHour();
    time.nextHour();
    read(organisation, claim, 2);
    String open =
        Rows.strings("select count(*) from access_sealing where statement_id is null").getFirst();
    assertEquals("2", open);
    time.nextHour();
    awaitSealed();
    assertEquals(
        List.of("1 3", "2 2"),
        Rows.strings(
            """
            select t.number || ' ' || count(*) from access_statement t
            join access_sealing s on s.statement_id = t.id
            where t.organisation = 'elder' group by t.number order by 1
            """));
  }

  @Test
  void enoughEventsDoNotWaitForTheHour() throws InterruptedException {
    String claim = as(token("fir")).body(Samples.claim()).post("/v1/claims").path("id");
    read("fir", claim, MOST + 1);
    awaitRows("select id from access_statement where organisation = 'fir'");
    assertEquals(
        List.of("1"),
        Rows.strings(
            """
            select count(*) from access_sealing join access_event using (id)
            where organisation = 'fir' and statement_id is null
            """));
  }

  @Test
  void readersAndTwoSealersDoNotDisturbEachOther() throws Exception {
    String claim = submit(Samples.claim());
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> all =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> pool.submit(i < 2 ? this::sealAndSeal : () -> read("alder", claim, 100)))
              .toList();
      for (int i = 0; i < 10; i++) {
        time.nextHour();
        Thread.sleep(100);
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertEquals(
        List.of("600"),
        Rows.strings("select count(*) from access_event where claim_id = '" + claim + "'"));
  }

  /// A sealer beside the relay's, which breaks the rule that there is one at a time. The slower of
  /// two changes nothing.
  private void sealAndSeal() {
    for (int i = 0; i < 200; i++) {
      try {
        takeAllSteps();
      } catch (RuntimeException slower) {
        assertTrue(
            slower instanceof IllegalStateException
                || String.valueOf(slower).contains("access_statement_organisation_number_key"),
            slower::toString);
      }
    }
  }

  private void takeAllSteps() {
    RowScope.all(
        () -> {
          QuarkusTransaction.requiringNew().run(() -> steps.forEach(AccessSealingTest::advance));
          return null;
        });
  }

  private static void advance(RelayStep step) {
    var ignored = step.advance();
  }

  /// What a sealer does when it dies at any of its steps: its transaction is gone.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "before insert on access_statement",
        "before update on access_sealing",
        "before insert on anchored_statement",
        "before insert on outbox"
      })
  void aStepThatFailsLeavesEverythingWaiting(String step) throws Exception {
    String claim = submit(Samples.claim());
    read("alder", claim, 2);
    String table = step.substring(step.lastIndexOf(' ') + 1);
    Rows.update(
        """
        create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'dies here'; end $$;
        create trigger refuse %s for each row execute function refuse()
        """
            .formatted(step));
    try {
      time.nextHour();
      for (int i = 0; i < 3; i++) {
        try {
          takeAllSteps();
          throw new AssertionError("it did not die");
        } catch (RuntimeException expected) {
          assertTrue(trace(expected).contains("dies here"), () -> trace(expected));
        }
      }
      assertEquals(
          List.of("2"),
          Rows.strings(
              """
              select count(*) from access_sealing join access_event using (id)
              where statement_id is null and claim_id = '%s'
              """
                  .formatted(claim)));
    } finally {
      Rows.update("drop trigger refuse on " + table + "; drop function refuse()");
    }
  }

  private static String trace(Throwable thrown) {
    return thrown.getCause() == null ? thrown.toString() : thrown + trace(thrown.getCause());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEditedEventIsNamedByRowAndField(boolean sealed) throws Exception {
    String event = anEvent(sealed);
    for (String column :
        List.of("organisation", "actor", "role", "purpose", "accessed_at", "actor_organisation")) {
      String kept = Rows.strings(select(column, event)).getFirst();
      Rows.update(edit(column, event, kept + "1"));
      requireNamed("access_event", event, column);
      Rows.update(edit(column, event, kept));
    }
    String claim = Rows.strings(select("claim_id", event)).getFirst();
    Rows.update(edit("claim_id", event, "00000000-0000-4000-8000-000000000000"));
    requireNamed("access_event", event, "claim_id");
    Rows.update(edit("claim_id", event, claim));
    Rows.update(edit("right_id", event, claim));
    requireNamed("access_event", event, "right_id");
    Rows.update("update access_event set right_id = null where id = '" + event + "'");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDeletedAndAnInsertedEventAreNamed(boolean sealed) throws Exception {
    String event = anEvent(sealed);
    Rows.update("alter table access_sealing drop constraint if exists access_sealing_id_fkey");
    Rows.update("create table kept as select * from access_event where id = '" + event + "'");
    Rows.update("delete from access_event where id = '" + event + "'");
    requireNamed("access_event", event, null);
    Rows.update("insert into access_event select * from kept");
    Rows.update("update kept set id = gen_random_uuid()");
    Rows.update("insert into access_event select * from kept");
    requireNamed("access_event", Rows.strings("select id from kept").getFirst(), null);
    // With a place to wait at, its seal is missing.
    Rows.update("insert into access_sealing (id, seal) select k.id, null from kept k");
    requireNamed("access_sealing", Rows.strings("select id from kept").getFirst(), "seal");
    Rows.update("delete from access_sealing where id in (select id from kept)");
    Rows.update("delete from access_event where id in (select id from kept)");
    Rows.update("drop table kept");
  }

  @Test
  void anEventThatMovesToAnotherStatementIsNamed() throws Exception {
    String first = anEvent(true);
    String second = anEvent(true);
    String home = statement(first);
    Rows.update(move(first, "'" + statement(second) + "'"));
    requireNamed("access_sealing", first, "statement_id");
    Rows.update(move(first, "'" + home + "'"));
  }

  @Test
  void whatWasEditedWhileItWaitedIsNotVouchedFor() throws Exception {
    String event = anEvent(false);
    Rows.update(edit("actor", event, "somebody else"));
    time.nextHour();
    awaitRows(
        "select 1 where (select count(*) from access_sealing where statement_id is null) = 1");
    requireNamed("access_event", event, "actor");
    Rows.update(edit("actor", event, "claim-submitter"));
  }

  @Test
  void whatWasForgedKeepsNothingElseWaiting() throws Exception {
    String event = anEvent(false);
    Rows.update(
        """
        with forged as (
          insert into access_event
          select gen_random_uuid(), claim_id, organisation, actor, actor_organisation, role, action,
            purpose, access_right, right_id, left(accessed_at, 13) || ':00:00.000000Z'
          from access_event, generate_series(1, %d) where id = '%s' returning id)
        insert into access_sealing (id, seal) select id, '' from forged
        """
            .formatted(MOST, event));
    time.nextHour();
    awaitRows(
        "select 1 from access_sealing where id = '%s' and statement_id is not null"
            .formatted(event));
    Rows.update(
        """
        with forged as (delete from access_sealing where seal = '' returning id)
        delete from access_event where id in (select id from forged)
        """);
  }

  private String anEvent(boolean sealed) throws InterruptedException {
    String claim = submit(Samples.claim());
    read("alder", claim, 1);
    if (sealed) {
      time.nextHour();
      awaitSealed();
    }
    return Rows.strings("select id from access_event where claim_id = '" + claim + "'").getFirst();
  }

  private static String statement(String event) {
    return Rows.strings("select statement_id from access_sealing where id = '" + event + "'")
        .getFirst();
  }

  private static String move(String event, String statement) {
    return "update access_sealing set statement_id = %s where id = '%s'"
        .formatted(statement, event);
  }

  private static String select(String column, String event) {
    return "select " + column + " from access_event where id = '" + event + "'";
  }

  private static String edit(String column, String event, String value) {
    return "update access_event set %s = '%s' where id = '%s'".formatted(column, value, event);
  }

  private static void requireNamed(String table, String row, String field) throws SQLException {
    List<Map<String, Object>> differences = audit().path("differences");
    assertTrue(
        differences.stream()
            .anyMatch(
                d ->
                    table.equals(d.get("table"))
                        && row.equals(d.get("row"))
                        && (field == null || field.equals(d.get("field")))),
        () -> table + " " + row + " " + field + " is not named: " + differences);
  }

  private static void read(String organisation, String claim, int times) {
    String token = token(organisation);
    for (int i = 0; i < times; i++) {
      as(token).get("/v1/claims/" + claim).then().statusCode(200);
    }
  }

  private static String token(String organisation) {
    return Tokens.token(organisation, "claim-submitter");
  }
}
