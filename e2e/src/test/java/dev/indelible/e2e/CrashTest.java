package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.e2e.crash.CrashAgent;
import dev.indelible.e2e.crash.CrashPoint;
import dev.indelible.local.Node;
import dev.indelible.local.Service;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each service dies as by `kill -9` right before and right after each step around commit and
/// signature, under load. Whatever was acknowledged is there afterwards, provable, and once.
@Tag("asvs-5.0/2.3.3")
@Tag("asvs-5.0/16.5.3")
@TestInstance(Lifecycle.PER_CLASS)
class CrashTest {
  private static final Duration READY = Duration.ofMinutes(2);

  private Path armed;
  private Stack stack;
  private Api api;

  @BeforeAll
  void start() throws IOException {
    armed = Files.createTempDirectory("crash").resolve("point");
    String agent = "-javaagent:" + agentJar() + "=" + armed;
    stack = Stack.start(Shape.STANDARD.with("JDK_JAVA_OPTIONS", agent));
    api = new Api(stack);
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  static Stream<Crash> crashes() {
    return Steps.ALL.stream();
  }

  /// Which process dies where.
  record Crash(String service, CrashPoint point) {
    @Override
    public String toString() {
      return service + " at " + point;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("crashes")
  void losesNothingThatWasAcknowledged(Crash crash) throws IOException {
    Service victim = service(crash.service());
    Load load = crash.service().equals("trials") ? new Load.Protocols(api) : new Load.Claims(api);
    CrashAgent.write(armed, victim.node().pid(), crash.point());
    List<String> acknowledged = submitUntilDead(victim.node(), load);
    victim.node().start();
    victim.node().awaitReady(READY);

    for (String id : acknowledged) {
      Api.await(id + " witnessed", () -> load.isWitnessed(id));
    }
    long places = acknowledged.stream().map(load::index).distinct().count();
    assertEquals(acknowledged.size(), places, "two records at one place of the log");
    api.requireSound();
  }

  /// What was answered with 202. An answer that never came promises nothing.
  private static List<String> submitUntilDead(Node victim, Load load) {
    List<String> acknowledged = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (victim.isRunning()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(victim.name() + " never came to the step where it should die");
      }
      load.submit().ifPresent(acknowledged::add);
    }
    return acknowledged;
  }

  private Service service(String name) {
    return switch (name) {
      case "ledger" -> stack.ledger();
      case "claims" -> stack.claims().getFirst();
      case "trials" -> stack.trials().getFirst();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Path agentJar() throws IOException {
    try (Stream<Path> jars = Files.list(Resources.root().resolve("e2e/target"))) {
      return jars.filter(jar -> jar.getFileName().toString().matches("e2e-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
