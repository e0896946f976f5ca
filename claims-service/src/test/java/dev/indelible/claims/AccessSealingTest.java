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
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events become statements, each of one only, whatever happens.
@Tag("hipaa/164.312.b")
@Tag("part11/11.10.e")
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class AccessSealingTest {
  static final int MOST = 250;

  @Inject TestTime time;
  @Inject @All List<RelayStep> steps;

  @AfterEach
  void everythingMatches() throws InterruptedException {
    requireSound(time);
  }

  /// Every event is in one statement, and the audit finds nothing.
  static void requireSound(TestTime time) throws InterruptedException {
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

  static void read(String organisation, String claim, int times) {
    String token = token(organisation);
    for (int i = 0; i < times; i++) {
      as(token).get("/v1/claims/" + claim).then().statusCode(200);
    }
  }

  private static String token(String organisation) {
    return Tokens.token(organisation, "claim-submitter");
  }
}
