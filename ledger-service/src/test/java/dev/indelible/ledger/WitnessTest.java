package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.log.LogStore;
import dev.indelible.ledger.log.Submission;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.ledger.testing.TestWitness;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "3"))
@WithTestResource(TestTokens.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WitnessTest {
  @Inject LedgerConfig config;
  @Inject LogStore store;
  @Inject MeterRegistry meters;

  @AfterEach
  void witnessesAreHonest() {
    TestWitness.fault("");
  }

  @Test
  @Order(1)
  void receiptsAreWitnessedOnceAQuorumHasCosignedAndStaySo() throws Exception {
    Entry entry = Entries.random();
    long index = Entries.append("claims", entry).jsonPath().getLong("index");
    JsonPath receipt = awaitLevel(index, "witnessed");
    TlogProof proof = TlogProof.parse(receipt.getString("proof"));
    TrustPolicy policy = TrustPolicy.parse(Files.readString(config.policy()));
    assertTrue(new ReceiptVerifier(policy).verify(entry.leafHash(), proof).witnessed());
    for (int i = 0; i < 5; i++) {
      Entries.append("claims", Entries.random());
    }
    assertEquals(receipt.prettify(), get(receipt(index)).jsonPath().prettify());
    Oracle.requireNoDifference();
  }

  @Test
  @Order(2)
  void withoutWitnessesReceiptsStayIncludedAndIntakeGoesOn() throws Exception {
    TestWitness.fault("down");
    long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    Thread.sleep(500);
    get(receipt(index)).then().body("level", equalTo("included"));
    TestWitness.fault("");
    awaitLevel(index, "witnessed");
    Oracle.requireNoDifference();
  }

  /// Whoever asks the witnesses at the start and hears nothing may have an old copy of the log
  /// before it. Only a writer that has asked before, and after which nobody else wrote, knows
  /// better.
  @Test
  @Order(3)
  void withoutWitnessesNobodySignsWhoDoesNotKnowAllThatWasSigned() throws Exception {
    TestWitness.fault("down");
    Sql sql = new Sql();
    loseOffice(sql, 0);
    Entries.append("claims", Entries.random()).then().statusCode(201);
    // Somebody who came into office and did not write either.
    loseOffice(sql, 1);
    Entries.append("claims", Entries.random()).then().statusCode(201);

    letAnotherWrite(sql);
    await(
        () -> wellness(503).contains("waits for witnesses: no agreement from w0 (status 503), w1"));
    long blocks = sql.number("SELECT count(*) FROM block WHERE log = 'claims'");
    long size = sql.number("SELECT size FROM log_head WHERE log = 'claims'");
    try (var one = Executors.newSingleThreadExecutor()) {
      var waiting = one.submit(() -> Entries.append("claims", Entries.random()).statusCode());
      long epoch = sql.number("SELECT epoch FROM log_head WHERE log = 'claims'");
      await(() -> sql.number("SELECT epoch FROM log_head WHERE log = 'claims'") > epoch + 1);
      assertEquals(blocks, sql.number("SELECT count(*) FROM block WHERE log = 'claims'"));
      assertEquals(size, sql.number("SELECT size FROM log_head WHERE log = 'claims'"));
      assertFalse(waiting.isDone(), "it waits with its submitter");
      given().port(managementPort()).get("/q/health/ready").then().statusCode(200);

      TestWitness.fault("");
      assertEquals(201, waiting.get());
    }
    assertTrue(wellness(200).contains("open"));
    Oracle.requireNoDifference();
  }

  /// Ends the office, and lets others have been in it so many times before it is taken anew.
  private static void loseOffice(Sql sql, int others) throws Exception {
    long epoch = sql.number("SELECT epoch FROM log_head WHERE log = 'claims'");
    sql.update(
        "UPDATE lease SET holder = 'somebody', until = '-infinity', epoch = epoch + ?"
            + " WHERE log = 'claims'",
        others);
    await(() -> sql.number("SELECT epoch FROM log_head WHERE log = 'claims'") > epoch);
  }

  private void letAnotherWrite(Sql sql) throws Exception {
    LogStore.Holder other = new LogStore.Holder("another process", "http://localhost:1");
    AtomicReference<Head> head = new AtomicReference<>();
    await(
        () -> {
          sql.update("UPDATE lease SET until = '-infinity' WHERE log = 'claims'");
          head.set(store.takeOffice("claims", other, Duration.ofMinutes(1)).orElse(null));
          return head.get() != null;
        });
    List<Submission> batch = List.of(Submission.of(Entries.random(), List.of()));
    store.append("claims", head.get().epoch(), head.get().range(), batch);
    store.leaveOffice("claims", other);
  }

  private static String wellness(int status) {
    Response response = given().port(managementPort()).get("/q/health/well");
    return response.statusCode() == status ? response.asString() : "";
  }

  private static void await(Callable<Boolean> fact) throws Exception {
    for (int i = 0; !fact.call(); i++) {
      assertTrue(i < 200, "it does not come about");
      Thread.sleep(50);
    }
  }

  /// Without proof nothing stops the log, nor keeps a new writer from it: a witness that is broken,
  /// and one that lies, are not listened to, and asked again.
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          409 | text/plain       | 3
          409 | text/x.tlog.size | three
          409 | text/x.tlog.size | 007
          409 | text/x.tlog.size | 123456789
          422 | text/plain       | no
          200 | text/plain       | nonsense
          500 | text/plain       | oops
          """)
  @Order(4)
  void oneWitnessThatShowsNothingStopsNoLog(int status, String type, String body) throws Exception {
    long before = suspicions("claims");
    TestWitness.answerOfOne(status, type, body + "\n", "");
    letAnotherWrite(new Sql());
    long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    awaitAsked();
    assertEquals("witnessed", awaitLevel(index, "witnessed").getString("level"));
    assertNull(frozen("claims"));
    boolean speaksOfAnotherTree = status == 422 || body.equals("123456789");
    assertEquals(speaksOfAnotherTree, suspicions("claims") > before);
    assertEquals(201, Entries.append("claims", Entries.random()).statusCode());
    TestWitness.fault("");
    awaitCosignature("w0");
    Oracle.requireNoDifference();
  }

  /// What it shows is no proof either while it is not another tree of ours.
  @Test
  @Order(5)
  void whatOthersSignedAndWhatWeHaveAreNoProof() throws Exception {
    TreeHead other = new TreeHead(123_456_789, Hash.EMPTY_TREE);
    SignedNote trials = LedgerFiles.sign(config.keys(), "trials", other);
    SignedNote ours = LedgerFiles.sign(config.keys(), "claims", other);
    List<NoteSignature> one = List.of(ours.signatures().getFirst());
    String served = get("/logs/claims/checkpoint").asString();
    for (String shown :
        List.of(
            trials.print(),
            new SignedNote(ours.text(), one).print(),
            ours.print().replace("\n123456789\n", "\n123456788\n"),
            served,
            "nonsense")) {
      TestWitness.answerOfOne(409, "text/x.tlog.size", "123456789\n", shown);
      Entries.append("claims", Entries.random()).then().statusCode(201);
      awaitAsked();
      assertNull(frozen("claims"), shown);
      TestWitness.fault("");
      awaitCosignature("w0");
    }
    Oracle.requireNoDifference();
  }

  /// One witness is enough when it shows what only the log can have signed.
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "409, text/x.tlog.size, 123456789, 123456789",
    "409, text/plain, different, 2",
    "422, text/plain, no, 2"
  })
  @Order(6)
  void oneWitnessThatShowsAnotherTreeOfOursStopsTheLog(
      int status, String type, String body, long size) throws Exception {
    TreeHead other = new TreeHead(size, Hash.EMPTY_TREE);
    String shown = LedgerFiles.sign(config.keys(), "claims", other).print();
    TestWitness.answerOfOne(status, type, body + "\n", shown);
    Entries.append("claims", Entries.random()).then().statusCode(201);
    await(() -> frozen("claims") != null);
    String reason = String.valueOf(frozen("claims"));
    assertTrue(reason.startsWith("w0 has seen " + size + " leaves with the root "), reason);
    Entries.append("claims", Entries.random()).then().body("code", equalTo("log-frozen"));
    TestWitness.fault("");
    thaw("claims");
    awaitCosignature("w0");
    Oracle.requireNoDifference();
  }

  /// A log that believed the first two answers would not ask a third time.
  private static void awaitAsked() throws Exception {
    await(() -> TestWitness.asked() >= 3);
  }

  /// The witness cosigns what there is now.
  private static void awaitCosignature(String witness) throws Exception {
    Entries.append("claims", Entries.random()).then().statusCode(201);
    await(() -> lastWitnesses().contains(witness));
  }

  private static List<String> lastWitnesses() {
    long size =
        Checkpoint.parse(SignedNote.parse(get("/logs/claims/checkpoint").asString()).text())
            .head()
            .size();
    long number = get(receipt(size - 1)).jsonPath().getLong("block");
    return get("/v1/logs/claims/blocks/" + number).jsonPath().getList("witnesses");
  }

  private long suspicions(String log) {
    return (long)
        meters.find("ledger.witness.suspicions").tag("log", log).counters().stream()
            .mapToDouble(Counter::count)
            .sum();
  }

  private static @Nullable Object frozen(String log) throws Exception {
    return new Sql().list("SELECT frozen FROM log_head WHERE log = ?", log).getFirst();
  }

  /// What an operator does once the other tree is explained.
  private static void thaw(String log) throws Exception {
    new Sql().update("UPDATE log_head SET frozen = NULL WHERE log = ?", log);
    await(() -> Entries.append(log, Entries.random()).statusCode() == 201);
  }

  @Test
  @Order(7)
  void aWitnessThatHasSeenAnotherTreeFreezesTheLog() throws Exception {
    TestWitness.fault("fork");
    Entries.append("trials", Entries.random()).then().statusCode(201);
    await(() -> frozen("trials") != null);
    Entries.append("trials", Entries.random())
        .then()
        .statusCode(503)
        .header("Retry-After", "1")
        .body("code", equalTo("log-frozen"));
    given()
        .port(managementPort())
        .get("/q/health/well")
        .then()
        .statusCode(503)
        .body(containsString("trials"));
    given().port(managementPort()).get("/q/health/ready").then().statusCode(200);
    await(() -> metrics().contains("ledger_sequencer_leader{log=\"trials\"} 0.0"));
    assertTrue(metrics().contains("ledger_selfcheck_failures_total"));
    assertEquals("CONTRADICTED", Oracle.audit().getString("verdict"));
    TestWitness.fault("");
    thaw("trials");
    Oracle.requireNoDifference();
  }

  /// They take the connection and never answer: longer than a lease at the start, and for good
  /// while entries come.
  @Test
  @Order(8)
  void witnessesThatHangCostNobodyTheOffice() throws Exception {
    TestWitness.fault("hang");
    Sql sql = new Sql();
    long epoch = sql.number("SELECT epoch FROM log_head WHERE log = 'claims'");
    loseOffice(sql, 0);
    try (var one = Executors.newSingleThreadExecutor()) {
      // Answered when all of them have been waited for in vain, and a lease is shorter than that.
      assertTrue(config.witnessWithin().compareTo(config.lease()) > 0);
      var start = one.submit(() -> Entries.append("claims", Entries.random()).statusCode());
      while (!start.isDone()) {
        requireOffice(sql, epoch + 1);
      }
      assertEquals(201, start.get());
    }
    long end = System.nanoTime() + config.lease().multipliedBy(3).dividedBy(2).toNanos();
    while (System.nanoTime() < end) {
      long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
      get(receipt(index)).then().body("level", equalTo("included"));
      requireOffice(sql, epoch + 1);
    }
    TestWitness.fault("");
    long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    awaitLevel(index, "witnessed");
    Oracle.requireNoDifference();
  }

  /// Nobody else could have taken it meanwhile; a machine that stands still for a moment is no
  /// reason to say otherwise.
  private static void requireOffice(Sql sql, long epoch) throws Exception {
    assertEquals(
        epoch,
        sql.number(
            "SELECT coalesce(max(epoch), -1) FROM lease"
                + " WHERE log = 'claims' AND until > clock_timestamp() - interval '400 ms'"),
        "the office is free");
    Thread.sleep(50);
  }

  private static String metrics() {
    return given().port(managementPort()).get("/q/metrics").asString();
  }

  private static int managementPort() {
    return org.eclipse.microprofile.config.ConfigProvider.getConfig()
        .getValue("quarkus.management.port", Integer.class);
  }

  private static String receipt(long index) {
    return "/v1/logs/claims/entries/" + index + "/receipt";
  }

  private static JsonPath awaitLevel(long index, String level) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      JsonPath receipt = get(receipt(index)).jsonPath();
      if (level.equals(receipt.getString("level"))) {
        return receipt;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("entry " + index + " does not reach " + level);
  }
}
