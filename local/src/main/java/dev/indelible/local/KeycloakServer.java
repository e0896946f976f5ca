package dev.indelible.local;

import dev.indelible.local.realm.KeycloakAdmin;
import dev.indelible.local.signin.DemoPasskeys;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A real Keycloak on the loopback address with the realm of `identity/`.
public final class KeycloakServer {

  /// Clients that prove themselves by a key; `identity/realm.json` names the variable of each.
  static final List<String> CLIENTS =
      List.of(
          "claims-service",
          "trials-service",
          "alder-system",
          "birch-system",
          "cardia-system",
          "agency-system");

  private final Home home;
  private final KeycloakDistribution distribution;
  private final Setup setup;
  private final Node node;

  /// What one Keycloak needs from the rest.
  ///
  /// @param database address of its own database
  record Setup(int port, int managementPort, String database, Secrets secrets, KeyRing keys) {}

  KeycloakServer(Home home, Setup setup, Node.Place place) {
    this.home = home;
    this.distribution = KeycloakDistribution.of(home);
    this.setup = setup;
    this.node = new Node(launch(), place);
  }

  /// The process, for tests that kill it.
  public Node node() {
    return node;
  }

  /// Where people sign in.
  public String url() {
    return "http://localhost:" + setup.port();
  }

  /// Where its health and metrics are.
  public String managementUrl() {
    return "http://localhost:" + setup.managementPort();
  }

  /// What tokens name as their issuer.
  public String issuer() {
    return issuerAt(setup.port());
  }

  static String issuerAt(int port) {
    return "http://localhost:" + port + "/realms/indelible";
  }

  boolean isBuilt() {
    return distribution.isBuilt();
  }

  /// Starts it and returns at once, or after some twenty seconds where it has to be built first.
  public void start() {
    start(Map.of());
  }

  /// Starts it with more environment variables for this one run.
  public void start(Map<String, String> more) {
    distribution.build();
    try {
      distribution.linkInto(folder());
      // Imported into an empty store only; Keycloak leaves a realm that exists alone.
      asCode().write(folder().resolve("data/import/indelible-realm.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    node.startLeavingClasses(more);
  }

  /// The realm as the files of `identity/` and the keys of this installation say it is here.
  public JsonObject realmAsCode() {
    Map<String, String> keys = new HashMap<>();
    CLIENTS.forEach(client -> keys.put(variable(client), setup.keys().clientJwks(client)));
    try {
      return asCode().given(keys).realm();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RealmFile asCode() throws IOException {
    return RealmFile.of(home.root(), true);
  }

  /// A session of Keycloak's administrator in the realm.
  public KeycloakAdmin admin() {
    return new KeycloakAdmin(url(), "admin", setup.secrets().of("keycloak.admin"));
  }

  /// Passkeys of the demo users, which come to be when they are first needed.
  public DemoPasskeys passkeys() {
    return new DemoPasskeys(home.state().resolve("passkeys"), issuer(), this::admin);
  }

  private Path folder() {
    return home.state().resolve("keycloak");
  }

  private Launch launch() {
    List<String> command =
        List.of(
            Java.executable(),
            "-Xms32m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            // As bin/kc.sh sets them; started directly because the script would stay in between and
            // insists on another collector.
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dkc.home.dir=" + folder(),
            "-Djboss.server.config.dir=" + folder().resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-Dquarkus-log-max-startup-records=10000",
            "-cp",
            distribution.jar().toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            "start",
            "--optimized",
            "--import-realm");
    // Not the HTTP port and not the line "started": the realm is imported after both.
    Probe ready = Probe.http("http://localhost:" + setup.managementPort() + "/health/ready");
    return new Launch(
        "keycloak",
        command,
        Optional.of(ClassArchive.beside(distribution.folder(), List.of(distribution.jar()))),
        environment(),
        List.of(setup.port(), setup.managementPort()),
        home.log("keycloak"),
        ready);
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put("KC_DB_URL", setup.database());
    variables.put("KC_DB_USERNAME", "keycloak");
    variables.put("KC_DB_PASSWORD", setup.secrets().of("database.keycloak"));
    variables.put("KC_DB_POOL_INITIAL_SIZE", "2");
    variables.put("KC_DB_POOL_MIN_SIZE", "2");
    variables.put("KC_DB_POOL_MAX_SIZE", "20");
    variables.put("KC_CACHE", "local");
    // Names of users that nobody has are logged.
    variables.put("KC_LOG_CONSOLE_OUTPUT", "json");
    variables.put("KC_HTTP_ENABLED", "true");
    variables.put("KC_HTTP_HOST", "127.0.0.1");
    variables.put("KC_HTTP_PORT", Integer.toString(setup.port()));
    variables.put("KC_HTTP_MANAGEMENT_PORT", Integer.toString(setup.managementPort()));
    variables.put("KC_HOSTNAME", "http://localhost:" + setup.port());
    variables.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    variables.put("KC_BOOTSTRAP_ADMIN_PASSWORD", setup.secrets().of("keycloak.admin"));
    variables.put("KC_LOG_LEVEL", "info,io.smallrye.health:error");
    CLIENTS.forEach(
        client -> variables.put(variable(client), inJson(setup.keys().clientJwks(client))));
    return variables;
  }

  /// The variable that holds a client's public keys.
  static String variable(String client) {
    return "INDELIBLE_" + client.toUpperCase(Locale.ROOT).replace('-', '_') + "_JWKS";
  }

  /// Keycloak puts variables into the text of the realm, here between the quotes of a JSON string.
  static String inJson(String jwks) {
    return jwks.replace("\"", "\\\"");
  }

  /// What such a variable says.
  public static String outOfJson(String variable) {
    return variable.replace("\\\"", "\"");
  }
}
