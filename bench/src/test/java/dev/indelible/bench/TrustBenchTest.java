package dev.indelible.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.bench.Insurer.Work;
import dev.indelible.bench.TrustBench.Plan;
import dev.indelible.local.Sizing;
import dev.indelible.local.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// That the benchmark takes away what its table says, puts it back, and comes to an end. What it
/// measures in rounds this short means nothing.
@TestInstance(Lifecycle.PER_CLASS)
class TrustBenchTest {
  private Stack stack;
  private ClaimsDatabase database;

  @BeforeAll
  void start() {
    stack = TrustBench.start(Sizing.LAPTOP);
    database = new ClaimsDatabase(stack.postgres().databases());
  }

  @AfterAll
  void stop() {
    database.close();
    stack.close();
  }

  @Test
  void eventsAreStoredUnlessTheyAreTakenAway() throws IOException {
    try (Insurer insurer = new Insurer(stack, Work.READ)) {
      for (boolean bound : new boolean[] {true, false}) {
        long before = database.storedEvents();
        database.set(Trust.ALL);
        assertEquals(1, insurer.call(bound));
        assertEquals(before + 1, database.storedEvents());
        database.set(Trust.ALL.withoutEvents());
        assertEquals(1, insurer.call(bound));
        assertEquals(before + 1, database.storedEvents());
      }
    }
    database.set(Trust.ALL);
  }

  @Test
  void policiesAreBackInForceWhenItEnds() throws SQLException {
    long policies = secured();
    assertTrue(policies > 10, () -> policies + " tables with policies");
    database.set(Trust.NONE);
    assertEquals(0, secured());
    Duration moment = Duration.ofMillis(200);
    Plan plan = new Plan(2, moment, moment, moment);
    String table = new TrustBench(stack, database, plan).measure().toString();
    assertEquals(policies, secured());
    assertEquals(8, table.lines().filter(line -> line.contains("lost")).count(), table);
  }

  private long secured() throws SQLException {
    try (var connection = stack.postgres().databases().connect("claims");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from pg_class where relkind = 'r' and relrowsecurity")) {
      assertTrue(rows.next());
      return rows.getLong(1);
    }
  }
}
