package dev.indelible.local;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The whole system as processes on this machine: PostgreSQL, Keycloak, witnesses, ledger, claims
/// and trials. `./indelible up` starts one that stays; a test starts one that goes with it.
///
/// ```java
/// try (Stack stack = Stack.start(Shape.STANDARD)) {
///   String token = stack.tokens().ofUser("alder");
///   stack.ledger().node().kill();
/// }
/// ```
public final class Stack implements AutoCloseable {

  private static final List<String> SERVICES = List.of("ledger", "trials", "claims");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Home home;
  private final Secrets secrets;
  private final PostgresServer postgres;
  private final KeycloakServer keycloak;
  private final boolean hasOwnKeycloak;
  private final Path policy;
  private final Tokens tokens;
  private final List<Node> witnesses;
  private final List<Service> ledgers;
  private final List<Service> trials;
  private final List<Service> claims;

  /// A stack of its own for a test: free ports, a scratch folder, and an end with {@link #close}
  /// or, failing that, with the JVM.
  public static Stack start(Shape shape) {
    return start(shape, Optional.empty());
  }

  /// The same for a test to which Keycloak is nothing but where tokens come from: those of another
  /// test's stack, with which it shares users, clients and their keys.
  public static Stack start(Shape shape, KeycloakServer others) {
    return start(shape, Optional.of(others));
  }

  private static Stack start(Shape shape, Optional<KeycloakServer> others) {
    Home home = Home.find();
    Path state = Scratch.folder();
    Seed.of(home).plant(state, Stack::grow);
    Stack stack = in(home.withState(state), shape, others);
    stack.start(Progress.SILENT);
    // Tests kill what they start, which leaves no classes, so the first of them starts twice.
    stack.nodes().parallelStream()
        .filter(Node::leavesClasses)
        .forEach(node -> node.restart(PATIENCE));
    return stack;
  }

  /// A stack of its own for a test that starts Keycloak and the services by itself; PostgreSQL and
  /// the witnesses run.
  public static Stack foundation(Shape shape) {
    Home home = Home.find();
    Path state = Scratch.folder();
    Seed.of(home).plant(state, Stack::grow);
    Stack stack = in(home.withState(state), shape, Optional.empty());
    stack.postgres.start();
    stack.createDatabases();
    stack.witnesses.forEach(Node::start);
    stack.witnesses.forEach(witness -> witness.awaitReady(PATIENCE));
    return stack;
  }

  /// One that goes with this JVM.
  private static Stack in(Home home, Shape shape, Optional<KeycloakServer> others) {
    Stack stack = new Stack(home, Addresses.free(shape), shape, false, others);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stack::close));
    return stack;
  }

  private static Path grow() {
    Home home = Home.find().withState(Scratch.folder());
    Stack stack = in(home, Shape.PLATFORM, Optional.empty());
    stack.start(Progress.SILENT);
    stack.stop();
    return stack.state();
  }

  /// The stack of an installation, whose processes outlive this one; starts nothing.
  ///
  /// @param base the number from which the ports count
  public static Stack installed(Home home, int base) {
    return new Stack(home, Addresses.from(base), Shape.STANDARD, true, Optional.empty());
  }

  /// Makes keys and secrets where there are none yet; starts nothing.
  ///
  /// @param detached whether the processes outlive this one
  /// @param others Keycloak of another stack, if this one is to have none of its own
  private Stack(
      Home home, Addresses at, Shape shape, boolean detached, Optional<KeycloakServer> others) {
    this.home = home;
    this.secrets = new Secrets(home.state().resolve("secrets.properties"));
    KeyRing keys = new KeyRing(home.state());
    Node.Place place = new Node.Place(home.run(), detached);
    Databases databases = new Databases(at.postgres(), secrets.of("database.postgres"));
    Path data = home.state().resolve("postgres");
    this.postgres =
        new PostgresServer(
            home.cache(), data, home.log("postgres"), databases, place, shape.sizing());
    this.hasOwnKeycloak = others.isEmpty();
    this.keycloak =
        others.orElseGet(
            () ->
                new KeycloakServer(
                    home,
                    new KeycloakServer.Setup(
                        at.keycloak(),
                        at.keycloakManagement(),
                        databases.jdbcUrl("keycloak"),
                        secrets,
                        keys),
                    place));
    this.tokens = new Tokens(keycloak.passkeys(), keys, Clock.systemUTC());
    this.policy = keys.writePolicy(at.witnessUrls());
    ServiceLaunches launches =
        new ServiceLaunches(home, databases, secrets, keys, keycloak.issuer(), policy, shape);
    this.witnesses =
        IntStream.range(0, at.witnesses().size())
            .mapToObj(i -> new Node(launches.witness(i + 1, at.witnesses().get(i)), place))
            .toList();
    this.ledgers = services(at.ledgers(), place, launches::ledger);
    this.trials =
        services(
            at.trials(), place, (i, pair) -> launches.records("trials", i, pair, ledgersFrom(i)));
    this.claims =
        services(
            at.claims(), place, (i, pair) -> launches.records("claims", i, pair, ledgersFrom(i)));
  }

  /// Starts what does not run and returns when everything serves. Keycloak, the slowest, starts
  /// beside the others, which need it only when somebody calls.
  public void start(Progress progress) {
    if (!postgres.node().isRunning()) {
      postgres.start();
    }
    createDatabases();
    progress.ready("PostgreSQL " + Versions.pinned().postgres(), postgres.databases().port());
    CompletableFuture<Void> signIn = CompletableFuture.runAsync(this::launchKeycloak);
    List<Node> others = Stream.concat(witnesses.stream(), services().map(Service::node)).toList();
    launch(others.stream().filter(node -> !node.isRunning()).toList());
    for (Node node : others) {
      node.awaitReady(PATIENCE);
      progress.ready(node.name(), node.port());
    }
    progress.publicPagesReady();
    progress.begins(keycloak.isBuilt() ? "Keycloak starting" : "Keycloak preparing, once");
    try {
      signIn.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    keycloak.node().awaitReady(PATIENCE);
    progress.ready("Keycloak " + Versions.pinned().keycloak(), keycloak.node().port());
  }

  /// One process of each program leaves its classes, if they are not there yet.
  private static void launch(List<Node> nodes) {
    Set<Optional<ClassArchive>> left = new HashSet<>();
    for (Node node : nodes) {
      if (left.add(node.classes())) {
        node.startLeavingClasses(Map.of());
      } else {
        node.start();
      }
    }
  }

  private void createDatabases() {
    Databases databases = postgres.databases();
    databases.create("keycloak", secrets.of("database.keycloak"));
    for (String name : SERVICES) {
      databases.create(name, secrets.of("database." + name));
      databases.createService(name, secrets.of("database." + Databases.serviceLogin(name)));
    }
  }

  public PostgresServer postgres() {
    return postgres;
  }

  /// A server that can follow the first one; a test starts and stops it.
  public PostgresStandby standby() {
    Path data = home.state().resolve("postgres-standby");
    Databases databases = new Databases(Ports.anyFree(), postgres.databases().password());
    Node.Place place = new Node.Place(home.run(), false);
    return new PostgresStandby(
        postgres,
        new PostgresServer(
            home.cache(), data, home.log("postgres-standby"), databases, place, Sizing.LAPTOP));
  }

  public KeycloakServer keycloak() {
    return keycloak;
  }

  public Tokens tokens() {
    return tokens;
  }

  public List<Node> witnesses() {
    return witnesses;
  }

  public List<Service> ledgers() {
    return ledgers;
  }

  public List<Service> trials() {
    return trials;
  }

  public List<Service> claims() {
    return claims;
  }

  /// The first of the ledger processes.
  public Service ledger() {
    return ledgers.getFirst();
  }

  /// Keys of logs and witnesses and the quorum: what an offline verifier is given.
  public Path policy() {
    return policy;
  }

  /// The repository's folder.
  public Path root() {
    return home.root();
  }

  /// The folder with keys, logs and data.
  public Path state() {
    return home.state();
  }

  /// Every process of its own, in the order in which they start.
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(List.of(postgres.node()));
    nodes.addAll(witnesses);
    services().map(Service::node).forEach(nodes::add);
    if (hasOwnKeycloak) {
      nodes.add(keycloak.node());
    }
    return nodes;
  }

  /// An orderly stop, in the reverse order of the start; data stays.
  public void stop() {
    nodes().reversed().forEach(Node::stop);
  }

  /// The end of a test's stack. Killed, not stopped: its data goes as well. PostgreSQL is stopped,
  /// for it would leave shared memory behind.
  @Override
  public void close() {
    nodes().reversed().stream().filter(node -> node != postgres.node()).forEach(Node::kill);
    postgres.node().stop();
    Scratch.delete(home.state());
  }

  /// Ports that a start would have to bind: those of programs that do not run.
  public List<Integer> portsToBind() {
    return nodes().stream()
        .filter(node -> !node.isRunning())
        .flatMap(node -> node.ports().stream())
        .toList();
  }

  /// Every service process.
  public Stream<Service> services() {
    return Stream.of(ledgers, trials, claims).flatMap(List::stream);
  }

  private void launchKeycloak() {
    if (!keycloak.node().isRunning()) {
      keycloak.start();
    }
  }

  /// Every ledger process, each replica of a record service beginning with another one.
  private String ledgersFrom(int index) {
    return IntStream.range(index, index + ledgers.size())
        .mapToObj(i -> ledgers.get(i % ledgers.size()).url())
        .collect(Collectors.joining(","));
  }

  private interface Recipe {
    Launch launch(int index, Addresses.Pair at);
  }

  private static List<Service> services(List<Addresses.Pair> at, Node.Place place, Recipe recipe) {
    return IntStream.range(0, at.size())
        .mapToObj(
            i ->
                new Service(
                    new Node(recipe.launch(i, at.get(i)), place),
                    at.get(i).url(),
                    at.get(i).managementUrl()))
        .toList();
  }
}
