package dev.indelible.ledger;

import static dev.indelible.ledger.testing.Entries.append;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.block.BlockSealer;
import dev.indelible.ledger.block.SealStore;
import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.head.HeadStore;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.SetClock;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.TestPostgres;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.ConciseProblem;
import dev.indelible.transparency.cose.Entry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What the ledger sends away: too much of one organisation, too much of all together, and
/// everything once its clock went back.
@QuarkusTest
@TestProfile(LimitsTest.Narrow.class)
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LimitsTest {
  private static final int QUOTA = 5;
  private static final int ROOM = 8;

  @Inject SetClock clock;
  @Inject MeterRegistry meters;
  @Inject Logs logs;
  @Inject LogStore store;
  @Inject SealStore seals;

  private final Sql sql = new Sql();

  /// An organisation may submit five entries at once and one a second after that; eight may wait.
  public static final class Narrow implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "indelible.ledger.quota-per-second",
          "1",
          "indelible.ledger.quota-burst",
          QUOTA + "s",
          "indelible.ledger.queue-entries",
          Integer.toString(ROOM));
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(SetClock.class);
    }
  }

  private static Entry by(String organisation) {
    Hash root = Hash.sha256(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    String record = "urn:uuid:" + UUID.randomUUID();
    String name = "urn:indelible:org:" + organisation;
    return Entry.sign(name, record, root, LedgerFiles.issuer().signer());
  }

  private static int submit(String organisation) {
    return append("claims", by(organisation)).statusCode();
  }

  /// SCRAPI has its own form of a problem.
  private static Response register(String organisation) {
    return given()
        .auth()
        .oauth2(TestTokens.of("log-writer"))
        .contentType("application/cose")
        .body(by(organisation).bytes())
        .post("/scitt/claims/entries");
  }

  @Tag("asvs-5.0/2.4.1")
  @Test
  @Order(1)
  void anOrganisationOverItsQuotaIsSentAwayWhileOthersAreServed() {
    for (int i = 0; i < QUOTA; i++) {
      assertEquals(201, submit("alder"), "entry " + i);
    }
    append("claims", by("alder"))
        .then()
        .statusCode(429)
        .header("Retry-After", "1")
        .body("code", equalTo("quota-exceeded"));
    Response scitt = register("alder");
    assertEquals(429, scitt.statusCode());
    assertEquals("1", scitt.header("Retry-After"));
    assertEquals(ConciseProblem.MEDIA_TYPE, scitt.contentType());
    assertEquals("quota-exceeded", ConciseProblem.parse(scitt.asByteArray()).code());

    assertEquals(201, submit("birch"));
    assertEquals(429, submit("alder"), "still");
    assertEquals(201, append("trials", by("alder")).statusCode(), "each log for itself");
    clock.move(Duration.ofSeconds(2));
    assertEquals(201, submit("alder"));
    assertEquals(201, submit("alder"));
    assertEquals(429, submit("alder"), "two seconds are two entries");
    Oracle.requireNoDifference();
  }

  /// The writer stands still in the middle of a batch, because somebody has the lock of the head.
  @Tag("asvs-5.0/2.4.1")
  @Test
  @Order(2)
  void whoeverComesWhenTheQueueIsFullIsSentAwayAtOnceAndTheOthersAreServed() throws Exception {
    List<Future<Integer>> answers = new ArrayList<>();
    try (var callers = Executors.newFixedThreadPool(1 + ROOM);
        Connection somebody = TestPostgres.connect("ledger")) {
      somebody.setAutoCommit(false);
      HeadStore.lock(somebody, "claims");
      answers.add(callers.submit(() -> submit("first")));
      String sessions =
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
              + " AND datname = current_database()";
      await(() -> sql.number(sessions) == 1);
      for (int i = 0; i < ROOM; i++) {
        String organisation = "waiting-" + i;
        answers.add(callers.submit(() -> submit(organisation)));
      }
      await(() -> pending() == ROOM);
      append("claims", by("late"))
          .then()
          .statusCode(429)
          .header("Retry-After", "1")
          .body("code", equalTo("overloaded"));
      assertEquals("overloaded", ConciseProblem.parse(register("late").asByteArray()).code());
      assertEquals(201, append("trials", by("late")).statusCode(), "each log for itself");
      somebody.rollback();
      for (Future<Integer> answer : answers) {
        assertEquals(201, answer.get());
      }
    }
    assertEquals(0, pending());
    assertEquals(201, submit("late"));
    Oracle.requireNoDifference();
  }

  private double pending() {
    Gauge gauge = meters.get("ledger.pending.entries").tag("log", "claims").gauge();
    return gauge.value();
  }

  @Test
  @Order(3)
  void afterTheClockWentBackNothingIsSignedUntilTheNextStart() throws Exception {
    assertEquals(201, submit("cedar"));
    health("well").statusCode(200);
    String checkpoint = get("/logs/claims/checkpoint").asString();
    long blocks = blocks();
    clock.move(Duration.ofMinutes(-1));
    append("claims", by("cedar"))
        .then()
        .statusCode(503)
        .header("Retry-After", "1")
        .body("code", equalTo("log-frozen"));
    health("well").statusCode(503).body(containsString("is signed"));
    health("ready").statusCode(200); // What is signed can be read.
    // The time is right again, and nobody knows what it did meanwhile.
    clock.move(Duration.ofMinutes(2));
    long size = store.head("claims").range().size();
    for (int i = 0; i < 3; i++) {
      assertEquals(503, submit("cedar"));
    }
    health("well").statusCode(503).body(containsString("is signed"));
    assertEquals(blocks, blocks(), "signed");
    assertEquals(checkpoint, get("/logs/claims/checkpoint").asString());
    assertEquals(size, store.head("claims").range().size());
    assertEquals(201, append("trials", by("cedar")).statusCode(), "each log for itself");

    // What the next start does: the entry that was not acknowledged is in the log all the same.
    Head head = store.head("claims");
    new BlockSealer(seals, clock).sealRest(logs.get("claims"), head.epoch(), head.range().head());
    assertEquals(blocks + 1, blocks());
    Oracle.requireNoDifference();
  }

  private long blocks() throws Exception {
    return sql.number("SELECT count(*) FROM block WHERE log = 'claims'");
  }

  private static ValidatableResponse health(String kind) {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
    return given().port(port).get("/q/health/" + kind).then();
  }

  private static void await(Callable<Boolean> fact) throws Exception {
    for (int i = 0; !fact.call(); i++) {
      assertTrue(i < 200, "it does not come about");
      Thread.sleep(20);
    }
  }
}
