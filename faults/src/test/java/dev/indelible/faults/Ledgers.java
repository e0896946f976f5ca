package dev.indelible.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.faults.history.Checker;
import dev.indelible.faults.history.Crowd;
import dev.indelible.faults.history.History;
import dev.indelible.local.KeycloakServer;
import dev.indelible.local.Node;
import dev.indelible.local.Service;
import dev.indelible.local.Shape;
import dev.indelible.local.Sizing;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import io.restassured.path.json.JsonPath;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// Two ledger processes under load, and the faults that are done to them.
///
/// @param history of everything that was ever sent to them, so that nothing else may be in the log
record Ledgers(Stack stack, History history) {
  /// Two ledger processes whose lease is short, three witnesses, and no other service.
  private static final Shape SHAPE =
      new Shape(2, 0, 0, 3, Map.of(), Sizing.LAPTOP)
          .with("INDELIBLE_LEDGER_LEASE", "1s")
          .with("INDELIBLE_LEDGER_WITNESS_PAUSE", "1s")
          .with("INDELIBLE_LEDGER_AUDIT_EVERY", "off");

  private static final Duration READY = Duration.ofMinutes(2);

  /// The longest that anything may take to come back; generous, for this is no measure of speed.
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  /// A stack of its own for a class of tests, all of which get their tokens from one Keycloak that
  /// nothing happens to. It ends with the JVM.
  static Stack start() {
    // For what clients sign and the checker verifies.
    Security.addProvider(new BouncyCastleProvider());
    return Stack.start(SHAPE, SignIn.KEYCLOAK);
  }

  private static final class SignIn {
    static final KeycloakServer KEYCLOAK = Stack.start(Shape.PLATFORM).keycloak();
  }

  static Ledgers of(Stack stack) {
    return new Ledgers(stack, new History());
  }

  /// Something that is done while clients are at work.
  interface Fault {
    void strike(Crowd crowd) throws Exception;
  }

  /// Lets clients and observers work while something breaks and for a while after; then the
  /// external checker and the log's own audit must find nothing.
  void underLoad(String name, Fault fault) throws Exception {
    long seed = System.nanoTime();
    System.out.println(name + ": seed " + seed);
    try (Crowd crowd = new Crowd(stack, history, seed)) {
      history.awaitMore(50);
      fault.strike(crowd);
      history.awaitMore(50);
    }
    System.out.println(name + ": " + Checker.requireSound(stack, history));
    JsonPath report = new Api(stack).audit(stack.ledger());
    assertEquals("MATCHES", report.getString("verdict"), report::prettify);
  }

  /// Waits for the first acknowledgement after a fault.
  void requireRecovery(String name, long fault) {
    Duration took = history.recovery(name, fault);
    assertTrue(took.compareTo(RECOVERY) < 0, () -> name + ": " + took);
  }

  /// The process that writes the log `claims`.
  Service writer() {
    String url =
        Database.of(stack, "ledger").texts("select url from lease where log = 'claims'").getFirst();
    return stack.ledgers().stream().filter(l -> l.url().equals(url)).findFirst().orElseThrow();
  }

  void kill() {
    stack.ledgers().forEach(ledger -> ledger.node().kill());
  }

  /// Starts both with more variables.
  void start(Map<String, String> more) {
    List<Node> nodes = stack.ledgers().stream().map(Service::node).toList();
    nodes.forEach(node -> node.start(more));
    nodes.forEach(node -> node.awaitReady(READY));
  }

  static void start(Node node) {
    node.start();
    node.awaitReady(READY);
  }
}
