package dev.indelible.ledger.time;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.ledger.LedgerConfig;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.audit.LedgerAudit;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an authority of time attests, and what it cannot do to us when it fails or lies.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "3"))
@WithTestResource(TestTokens.class)
@WithTestResource(TestAuthority.class)
class TimestampTest {
  @Inject Timestamps timestamps;
  @Inject TsaConfig config;
  @Inject LedgerConfig ledger;
  @Inject LedgerAudit audit;
  @Inject Logs logs;
  @Inject Transactions transactions;
  @Inject MeterRegistry meters;

  @TempDir Path folder;

  private Sql sql;

  @BeforeEach
  void appendAndAwaitWitnesses() throws Exception {
    sql = new Sql();
    long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    String receipt = "/v1/logs/claims/entries/" + index + "/receipt";
    for (int i = 0; !get(receipt).jsonPath().getString("level").equals("witnessed"); i++) {
      assertTrue(i < 200, "not witnessed");
      Thread.sleep(50);
    }
  }

  @AfterEach
  void nothingDiffers() {
    TestAuthority.fault("");
    Oracle.requireNoDifference();
  }

  private long stored() throws Exception {
    return sql.number("SELECT count(*) FROM log_timestamp WHERE log = 'claims'");
  }

  private double counted(String result) {
    return meters.counter("ledger.timestamp.requests", "log", "claims", "result", result).count();
  }

  @Test
  void theNewestWitnessedCheckpointIsStampedOnce() throws Exception {
    long before = stored();
    timestamps.run();
    timestamps.run();
    assertEquals(before + 1, stored());
    JsonPath last = last();
    assertEquals(before, last.getLong("id"));
    String checkpoint = get(last.getString("checkpoint")).asString();
    for (String file : List.of("checkpoint", "reply")) {
      String tag = get(last.getString(file)).header("ETag");
      var again = given().header("If-None-Match", tag).get(last.getString(file));
      assertEquals(304, again.statusCode());
    }
    TrustPolicy policy = TrustPolicy.parse(Files.readString(ledger.policy()));
    assertTrue(policy.open(SignedNote.parse(checkpoint)).witnessed());
    byte[] reply = get(last.getString("reply")).asByteArray();
    TimestampTrust trust = timestamps.trust().orElseThrow();
    byte[] bytes = checkpoint.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        last.getString("time"), trust.verify(TimestampReply.parse(reply), bytes).toString());
    bytes[0] ^= 1;
    assertThrows(TimestampException.class, () -> trust.verify(TimestampReply.parse(reply), bytes));
    get("/v1/logs/claims/timestamps/" + stored() + ".tsr").then().statusCode(404);
    get("/v1/logs/trials/timestamps").then().statusCode(200);
  }

  private JsonPath last() throws Exception {
    String page = "/v1/logs/claims/timestamps?limit=1&after=" + (stored() - 2);
    return get(page).jsonPath().setRootPath("timestamps[0]");
  }

  /// By a program that we did not write.
  @Test
  void opensslVerifiesWhatWeServe() throws Exception {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
    Assumptions.assumeTrue(
        installed || "true".equals(System.getenv("CI")), "no openssl on the PATH");
    timestamps.run();
    Path checkpoint = folder.resolve("checkpoint");
    Files.write(folder.resolve("reply.tsr"), get(last().getString("reply")).asByteArray());
    Files.write(checkpoint, get(last().getString("checkpoint")).asByteArray());
    assertEquals(0, openssl());
    Files.writeString(checkpoint, "something else");
    assertEquals(1, openssl());
  }

  private int openssl() throws Exception {
    String trust = config.trust().orElseThrow().toString();
    Process process =
        new ProcessBuilder(
                "openssl",
                "ts",
                "-verify",
                "-CAfile",
                trust,
                "-data",
                "checkpoint",
                "-in",
                "reply.tsr")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return process.exitValue();
  }

  @ParameterizedTest
  @CsvSource({
    "down, unreachable",
    "slow, unreachable",
    "endless, unreachable",
    "garbage, refused",
    "refusal, refused",
    "other message, refused",
    "other nonce, refused",
    "stranger, refused",
    "expired certificate, refused",
    "other purpose, refused",
    "other time, refused",
    "broken signature, refused"
  })
  void anAuthorityThatFailsOrLiesChangesACounterAndNothingElse(String fault, String result)
      throws Exception {
    long before = stored();
    double counted = counted(result);
    TestAuthority.fault(fault);
    timestamps.run();
    assertEquals(counted + 1, counted(result));
    assertEquals(before, stored());
    Entries.append("claims", Entries.random()).then().statusCode(201);
    TestAuthority.fault("");
    timestamps.run();
    assertEquals(before + 1, stored());
  }

  @Test
  void theNextOneIsDueWhenTheLastIsOldEnough() throws Exception {
    timestamps.run();
    long before = stored();
    appendAndAwaitWitnesses();
    daily(Duration.ofHours(23)).run();
    assertEquals(before, stored());
    daily(Duration.ofHours(25)).run();
    // The authority's clock is a day behind that one.
    assertEquals(before, stored());
    Every shorter = new Every(config.url(), config.trust(), Duration.ofMinutes(1));
    new Timestamps(
            logs,
            transactions,
            meters,
            Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)),
            shorter)
        .run();
    assertEquals(before + 1, stored());
  }

  private Timestamps daily(Duration later) {
    return new Timestamps(
        logs,
        transactions,
        meters,
        Clock.offset(Clock.systemUTC(), later),
        new Every(config.url(), config.trust(), Duration.ofDays(1)));
  }

  private record Every(Optional<URI> url, Optional<Path> trust, Duration every)
      implements TsaConfig {
    @Override
    public String retry() {
      return "off";
    }

    @Override
    public Duration within() {
      return Duration.ofSeconds(2);
    }
  }

  @Test
  void anAuthorityWithoutTrustStopsTheStart() {
    Every untrusted = new Every(config.url(), Optional.empty(), Duration.ofDays(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Timestamps(logs, transactions, meters, Clock.systemUTC(), untrusted));
  }

  @Test
  void anyCellThatIsChangedIsReported() throws Exception {
    timestamps.run();
    appendAndAwaitWitnesses();
    timestamps.run();
    Map<String, String> changes =
        Map.of(
            "log", "'trials'",
            "id", "id + 1000",
            "block", "block + 1000",
            "checkpoint", "replace(checkpoint, 'claims', 'trials')",
            "reply", "set_byte(reply, 200, get_byte(reply, 200) # 1)",
            "time", "time + interval '1 second'");
    List<Object> columns =
        sql.list(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'log_timestamp'");
    assertEquals(changes.keySet(), new java.util.HashSet<>(columns));
    for (Map.Entry<String, String> change : changes.entrySet()) {
      sql.update("CREATE TABLE kept AS SELECT * FROM log_timestamp");
      sql.update(
          "UPDATE log_timestamp SET %s = %s WHERE id = (SELECT max(id) FROM log_timestamp)"
              .formatted(change.getKey(), change.getValue()));
      AuditReport report = audit.run();
      sql.update("DELETE FROM log_timestamp");
      sql.update("INSERT INTO log_timestamp SELECT * FROM kept");
      sql.update("DROP TABLE kept");
      assertEquals(Verdict.CONTRADICTED, report.verdict(), change::toString);
      assertTrue(
          report.differences().stream().allMatch(d -> d.table().equals("log_timestamp")),
          report::toString);
    }
  }
}
