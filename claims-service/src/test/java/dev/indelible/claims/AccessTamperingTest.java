package dev.indelible.claims;

import static dev.indelible.claims.AccessSealingTest.awaitSealed;
import static dev.indelible.claims.AccessSealingTest.read;
import static dev.indelible.claims.ErasureTest.audit;
import static dev.indelible.claims.ErasureTest.awaitRows;
import static dev.indelible.claims.ErasureTest.submit;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events stay what they were, in a statement and before: whoever edits, deletes, adds or moves one
/// is found out, and keeps nothing else from being sealed.
@Tag("hipaa/164.312.b")
@Tag("part11/11.10.e")
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class AccessTamperingTest {
  @Inject TestTime time;

  @AfterEach
  void everythingMatches() throws InterruptedException {
    AccessSealingTest.requireSound(time);
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
            .formatted(AccessSealingTest.MOST, event));
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
}
