package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Ports;
import dev.indelible.local.Service;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Two ledger processes, one of claims, Keycloak and PostgreSQL with the TLS of the prod overlay:
/// every variable that prod has and dev has not, or not so, is taken from what the overlays render
/// to, and every certificate has the names that prod asks cert-manager for. Only ports, folders and
/// where a name is on the network are this machine's; and one PostgreSQL stands for all.
///
/// The record service knows three ledgers, all by the right name: one with a certificate of another
/// authority, one with that of another service, and the process that does not write, which has to
/// forward.
final class ProdTls implements AutoCloseable {
  /// In prod for other reasons than TLS.
  private static final Set<String> OTHERS =
      Set.of(
          "INDELIBLE_PUBLIC_URL",
          "INDELIBLE_QUOTA_REQUESTS_PER_SECOND",
          "QUARKUS_OIDC_CLIENT_CREDENTIALS_JWT_AUDIENCE");

  private static final String LEDGER = "ledger-service";
  private static final String CLAIMS = "claims-service";
  private static final String KEYCLOAK = "keycloak-service";

  private static final Pattern ADDRESS = Pattern.compile("//([a-z-]+|[0-9.]+):([0-9]+)");

  private final Path scratch;
  private final Manifest dev = Manifest.of(Resources.root(), "dev");
  private final Manifest prod = Manifest.of(Resources.root(), "prod");
  private final Authority services = Authority.create();
  private final Authority databases = Authority.create();

  /// Which port is meant when a pod by that name is called.
  private final Map<String, Integer> ports = new TreeMap<>();

  private final Stack stack;
  private final List<Impostor> impostors;

  /// Where the record service would listen if it spoke plain HTTP.
  private final int plainPort = Ports.anyFree();

  ProdTls(Path scratch) throws IOException {
    this.scratch = scratch;
    prod.certificates().keySet().forEach(this::renew);
    this.stack = Stack.foundation(shape());
    this.impostors =
        List.of(
            Impostor.with(Authority.create().server(namesOf(LEDGER))),
            Impostor.with(services.server(namesOf(CLAIMS))));
    secureDatabases();
    ports.put(KEYCLOAK, Ports.anyFree());
    ports.put(LEDGER, standby().node().port());
    stack.keycloak().start(keycloakSettings());
    start(LEDGER, writer(), Map.of());
    start(CLAIMS, claims(), claimsSettings());
    await(writer(), () -> writes(writer()));
    // A test has no day.
    start(LEDGER, standby(), Map.of("QUARKUS_TLS_SERVICES_RELOAD_PERIOD", "1s"));
    stack.keycloak().node().awaitReady(Duration.ofMinutes(2));
    await(claims(), () -> operator(CLAIMS, claims()).finds("/q/health/ready"));
    await(standby(), () -> operator(LEDGER, standby()).finds("/q/health/ready"));
  }

  private static void await(Service service, BooleanSupplier ready) {
    Api.await(
        service.name() + " is ready, see " + service.node().log(),
        () -> {
          assertTrue(service.node().isRunning(), () -> text(service.node().log()));
          return ready.getAsBoolean();
        });
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Service writer() {
    return stack.ledgers().getFirst();
  }

  Service standby() {
    return stack.ledgers().get(1);
  }

  Service claims() {
    return stack.claims().getFirst();
  }

  List<Impostor> impostors() {
    return impostors;
  }

  int plainPort() {
    return plainPort;
  }

  String tokenOf(String user) {
    return stack.tokens().ofUser(user);
  }

  /// Logins with connections to the databases that are encrypted, or are not.
  Set<String> logins(boolean encrypted) {
    return Set.copyOf(
        Database.of(stack, "postgres")
            .texts(
                """
                select usename from pg_stat_activity join pg_stat_ssl using (pid)
                where usename <> 'postgres' and ssl = %s group by usename
                """
                    .formatted(encrypted)));
  }

  boolean writes(Service ledger) {
    HttpsCaller operator = operator(LEDGER, ledger);
    try {
      return operator
          .send(operator.request("/q/metrics"))
          .body()
          .contains("ledger_sequencer_leader{log=\"claims\"} 1.0");
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Calls a process where its callers do, and lets nobody else answer than the service.
  HttpsCaller caller(String name, Service service) {
    return new HttpsCaller(services.client(), name, service.node().port());
  }

  HttpsCaller operator(String name, Service service) {
    return new HttpsCaller(services.client(), name, URI.create(service.managementUrl()).getPort());
  }

  /// A new key and certificate in place of the old, as from cert-manager in time before the end.
  void renew(String secret) {
    services.writeSecret(scratch.resolve(secret), prod.certificates().get(secret));
  }

  private List<String> namesOf(String service) {
    return prod.certificates().get(service + "-tls");
  }

  private void start(String name, Service service, Map<String, String> more) {
    Map<String, String> settings = settings(name, service);
    settings.putAll(more);
    service.node().start(settings);
  }

  private Map<String, String> settings(String name, Service service) {
    Map<String, String> there = dev.environment(name);
    Map<String, String> here = new TreeMap<>();
    prod.environment(name)
        .forEach(
            (variable, value) -> {
              if (!OTHERS.contains(variable) && !value.equals(there.get(variable))) {
                String local = value.replace("$(POD_IP)", "127.0.0.1");
                here.put(variable, inPlace(local, prod.secrets(name), service.node().port()));
              }
            });
    here.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(service.node().port()));
    return here;
  }

  private Map<String, String> claimsSettings() {
    String ledger = settings(CLAIMS, claims()).get("INDELIBLE_ANCHORING_LEDGER_URL");
    Stream<String> others =
        impostors.stream().map(impostor -> "https://" + LEDGER + ":" + impostor.port());
    return Map.of(
        "INDELIBLE_ANCHORING_LEDGER_URL",
        Stream.concat(others, Stream.of(ledger)).collect(Collectors.joining(",")),
        "QUARKUS_HTTP_PORT",
        Integer.toString(plainPort),
        "INDELIBLE_ANCHORING_LONGEST_BACK_OFF",
        "1s");
  }

  /// As the operator of Keycloak sets what the manifest says, but for the management port, which
  /// the stack itself asks.
  private Map<String, String> keycloakSettings() {
    Path secret = scratch.resolve(prod.keycloakCertificate());
    Map<String, String> settings = new HashMap<>();
    settings.put("KC_HTTPS_PORT", Integer.toString(ports.get(KEYCLOAK)));
    settings.put("KC_HTTPS_CERTIFICATE_FILE", secret.resolve("tls.crt").toString());
    settings.put("KC_HTTPS_CERTIFICATE_KEY_FILE", secret.resolve("tls.key").toString());
    settings.put("KC_HTTP_MANAGEMENT_SCHEME", "http");
    settings.put("KC_HOSTNAME_BACKCHANNEL_DYNAMIC", "true");
    settings.put(
        "KC_DB_URL",
        inPlace(prod.keycloakDatabase(), prod.keycloakSecrets(), ports.get("keycloak-db-rw")));
    settings.put("JDK_JAVA_OPTIONS", namesHere());
    return settings;
  }

  /// @param self the port of a process that is called by its number
  private String inPlace(String value, Map<String, String> secrets, int self) {
    String moved = value;
    for (Map.Entry<String, String> mount : secrets.entrySet()) {
      moved = moved.replace(mount.getKey(), scratch.resolve(mount.getValue()).toString());
    }
    return ADDRESS
        .matcher(moved)
        .replaceAll(address -> "//" + address.group(1) + ":" + port(address, self));
  }

  private int port(MatchResult address, int self) {
    return ports.getOrDefault(address.group(1), self);
  }

  /// As CloudNativePG gives each its own. PostgreSQL writes the files itself: it wants to own them.
  private void secureDatabases() throws IOException {
    List<String> names = prod.databases().stream().map(name -> name + "-rw").toList();
    Authority.Leaf leaf = databases.issue(names);
    Database postgres = Database.of(stack, "postgres");
    for (var file :
        Map.of("server.crt", leaf.certificatePem(), "server.key", leaf.keyPem()).entrySet()) {
      var _ =
          postgres.execute(
              "copy (select unnest(string_to_array('%s', e'\\n'))) to program 'umask 077; cat > %s'"
                  .formatted(file.getValue().strip(), file.getKey()));
    }
    var _ = postgres.execute("alter system set ssl = on");
    var _ = postgres.texts("select pg_reload_conf()");
    for (String name : prod.databases()) {
      databases.writeRoot(scratch.resolve(name + "-ca"));
      ports.put(name + "-rw", stack.postgres().databases().port());
    }
  }

  private Shape shape() throws IOException {
    Stream<String> pods =
        Stream.concat(
            prod.certificates().values().stream().flatMap(List::stream),
            prod.databases().stream().map(name -> name + "-rw"));
    Stream<String> own = Stream.of("localhost", InetAddress.getLocalHost().getHostName());
    Files.write(
        scratch.resolve("hosts"),
        Stream.concat(own, pods).map(name -> "127.0.0.1 " + name).toList());
    return Shape.STANDARD
        .withLedgers(2)
        .withTrials(0)
        .with("JDK_JAVA_OPTIONS", namesHere())
        // A machine that stands still for a moment does not change who writes.
        .with("INDELIBLE_LEDGER_LEASE", "1m");
  }

  private String namesHere() {
    return "-Djdk.net.hosts.file=" + scratch.resolve("hosts");
  }

  @Override
  public void close() {
    impostors.forEach(Impostor::close);
    stack.close();
  }
}
