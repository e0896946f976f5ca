package dev.indelible.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.indelible.faults.WitnessProxy.Manner;
import dev.indelible.faults.history.Pause;
import dev.indelible.local.Node;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Witnesses that are down, slow or lie while clients are at work. Intake never notices; nothing is
/// called witnessed on the word of fewer than two of three; and one that speaks of a fork is an
/// alarm, while two stop the log.
@TestInstance(Lifecycle.PER_CLASS)
class WitnessFaultTest {
  private final List<WitnessProxy> proxies = new ArrayList<>();
  private Stack stack;
  private Ledgers ledgers;
  private Database database;
  private Map<String, String> variables;

  @BeforeAll
  void start() throws IOException {
    stack = Ledgers.start();
    ledgers = Ledgers.of(stack);
    database = Database.of(stack, "ledger");
    Path policy = stack.state().resolve("policy-with-proxies");
    Files.writeString(policy, policyWithProxies());
    variables =
        Map.of(
            "INDELIBLE_LEDGER_POLICY", policy.toString(), "INDELIBLE_LEDGER_WITNESS_WITHIN", "1s");
    ledgers.kill();
    ledgers.start(variables);
  }

  @AfterAll
  void stop() {
    stack.close();
    proxies.forEach(WitnessProxy::close);
  }

  @ParameterizedTest
  @EnumSource(names = {"DOWN", "SLOW", "GARBAGE", "OTHER_KEY", "SMALLER_SIZE", "ODD"})
  void oneOfThreeIsNotMissedAndTwoAre(Manner manner) throws Exception {
    ledgers.underLoad(
        "witnesses " + manner,
        crowd -> {
          proxies.get(0).behave(manner);
          Pause.of(Duration.ofSeconds(2));
          awaitWitnessed(newest());
          proxies.get(1).behave(manner);
          // What was under way when the second one turned has had its time to arrive.
          Pause.of(Duration.ofSeconds(2));
          long witnessed = witnessed();
          ledgers.history().awaitMore(100);
          Pause.of(Duration.ofSeconds(2));
          assertEquals(witnessed, witnessed(), "witnessed by one");
          assertNotEquals(witnessed, newest(), "intake goes on");
          proxies.forEach(proxy -> proxy.behave(Manner.HONEST));
          awaitWitnessed(newest());
        });
  }

  /// One that says so and shows nothing may be broken, and the others go on. Two are those on whose
  /// word everybody believes the log: whether they lie cannot be known from here, so a person has
  /// to look. What one alone has to show is in `WitnessTest` and `KeyCompromiseTest`.
  @ParameterizedTest
  @EnumSource(names = {"FORK", "LARGER_SIZE"})
  void oneThatSpeaksOfAnotherTreeIsAnAlarmAndTwoStopTheLog(Manner manner) throws Exception {
    ledgers.underLoad(
        "witnesses say " + manner,
        crowd -> {
          proxies.get(2).behave(manner);
          Pause.of(Duration.ofSeconds(2));
          ledgers.history().awaitMore(100);
          awaitWitnessed(newest());
          assertEquals(List.of(), frozen(), "stopped by one");
          proxies.get(1).behave(manner);
          Api.await("the log is frozen", () -> !frozen().isEmpty());
          Pause.of(Duration.ofSeconds(1));
          long acknowledged = ledgers.history().acknowledged();
          long newest = newest();
          Pause.of(Duration.ofSeconds(2));
          assertEquals(
              acknowledged, ledgers.history().acknowledged(), "acknowledged by a frozen log");
          assertEquals(newest, newest(), "signed by a frozen log");
          proxies.forEach(proxy -> proxy.behave(Manner.HONEST));
          Pause.of(Duration.ofSeconds(2));
          long fault = System.nanoTime();
          var ignored = database.execute("update log_head set frozen = null");
          ledgers.requireRecovery("thawed", fault);
        });
  }

  @Test
  void allWitnessesGoneAndBack() throws Exception {
    ledgers.underLoad(
        "no witness at all",
        crowd -> {
          stack.witnesses().forEach(witness -> witness.kill());
          Pause.of(Duration.ofSeconds(1));
          long witnessed = witnessed();
          ledgers.history().awaitMore(100);
          assertEquals(witnessed, witnessed());
          stack.witnesses().forEach(Ledgers::start);
          awaitWitnessed(newest());
        });
  }

  /// Whoever stood by has the same database, and cannot know that it is whole: it neither answers
  /// nor signs until a quorum has spoken.
  @ParameterizedTest
  @EnumSource(names = {"DOWN", "SLOW"})
  void aTakeoverWithoutWitnessesWaitsForThem(Manner manner) throws Exception {
    ledgers.underLoad(
        "takeover with witnesses " + manner,
        crowd -> {
          proxies.forEach(proxy -> proxy.behave(manner));
          ledgers.history().awaitMore(50);
          Node victim = ledgers.writer().node();
          victim.kill();
          // The lease runs out, and what was under way has had its time.
          Pause.of(Duration.ofSeconds(3));
          long acknowledged = ledgers.history().acknowledged();
          long newest = newest();
          long epoch = epoch();
          Api.await("the other one tries", () -> epoch() > epoch + 1);
          assertEquals(acknowledged, ledgers.history().acknowledged(), "acknowledged unheard");
          assertEquals(newest, newest(), "signed unheard");
          long fault = System.nanoTime();
          proxies.forEach(proxy -> proxy.behave(Manner.HONEST));
          ledgers.requireRecovery("witnesses are back", fault);
          victim.start(variables);
          victim.awaitReady(Duration.ofMinutes(2));
          awaitWitnessed(newest());
        });
  }

  private long epoch() {
    return database.number("select epoch from log_head where log = 'claims'");
  }

  private String policyWithProxies() throws IOException {
    String text = Files.readString(stack.policy());
    for (Witness witness : TrustPolicy.parse(text).witnesses()) {
      String url = witness.url().orElseThrow();
      WitnessProxy proxy = new WitnessProxy(witness.key().name(), URI.create(url + "/"));
      proxies.add(proxy);
      text = text.replace(url, proxy.url());
    }
    return text;
  }

  private List<String> frozen() {
    return database.texts("select frozen from log_head where frozen is not null");
  }

  private void awaitWitnessed(long size) {
    Api.await("witnessed " + size, () -> witnessed() >= size);
  }

  /// The size of the newest head that has its quorum.
  private long witnessed() {
    return database.number(
        "select coalesce(max(end_), 0) from block"
            + " where log = 'claims' and witnessed_note is not null");
  }

  private long newest() {
    return database.number("select coalesce(max(end_), 0) from block where log = 'claims'");
  }
}
