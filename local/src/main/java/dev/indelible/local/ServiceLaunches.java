package dev.indelible.local;

import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.WitnessMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How the three services are started: the environment variables are the same here, under compose
/// and in a cluster; only the values are local.
///
/// @param issuer of tokens
/// @param policy the trust policy's file
/// @param shape environment variables that go over all others, and how much a process may take
record ServiceLaunches(
    Home home,
    Databases databases,
    Secrets secrets,
    KeyRing keys,
    String issuer,
    Path policy,
    Shape shape) {

  Launch ledger(int index, Addresses.Pair at) {
    Map<String, String> variables = common("ledger", at);
    variables.put("INDELIBLE_LEDGER_ORIGIN", KeyRing.ORIGIN);
    variables.put("INDELIBLE_LEDGER_KEYS", keys.logKeys().toString());
    variables.put("INDELIBLE_LEDGER_POLICY", policy.toString());
    variables.put("INDELIBLE_LEDGER_ISSUERS", keys.writeIssuers().toString());
    variables.put("INDELIBLE_LEDGER_SELF", at.url());
    return launch("ledger-service", index, at, variables);
  }

  /// @param log the log it writes to: `claims` or `trials`, which is also its database
  /// @param ledgerUrls the ledger processes it may talk to, with commas between
  Launch records(String log, int index, Addresses.Pair at, String ledgerUrls) {
    String service = log + "-service";
    Map<String, String> variables = common(log, at);
    variables.put("INDELIBLE_ANCHORING_LEDGER_URL", ledgerUrls);
    variables.put("INDELIBLE_ANCHORING_LOG", log);
    variables.put("INDELIBLE_ANCHORING_ISSUER_KEY", keys.issuerKey(service).toString());
    variables.put("INDELIBLE_ANCHORING_ISSUER_NAME", service);
    variables.put("INDELIBLE_ANCHORING_MATCH_KEY", keys.matchKey().toString());
    if (log.equals("claims")) {
      variables.put("INDELIBLE_CLAIMS_MEMBER_INDEX_KEY", keys.memberIndexKey().toString());
    }
    variables.put("INDELIBLE_ANCHORING_KEK", keys.kek(service).toString());
    variables.put("INDELIBLE_ANCHORING_POLICY", policy.toString());
    variables.put("QUARKUS_OIDC_CLIENT_AUTH_SERVER_URL", issuer);
    variables.put("QUARKUS_OIDC_CLIENT_CLIENT_ID", service);
    variables.put("QUARKUS_OIDC_CLIENT_CREDENTIALS_JWT_AUDIENCE", issuer);
    variables.put(
        "QUARKUS_OIDC_CLIENT_CREDENTIALS_JWT_KEY_FILE", keys.clientKey(service).toString());
    return launch(service, index, at, variables);
  }

  Launch witness(int number, int port) {
    List<String> command =
        List.of(
            Java.executable(),
            "-Xmx24m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Java.classPathOf(WitnessMain.class, TrustPolicy.class),
            WitnessMain.class.getName(),
            KeyRing.witnessName(number),
            keys.witnessKeys(number).stream().map(Path::toString).collect(Collectors.joining(",")),
            policy.toString(),
            home.state().resolve("witnesses/" + number).toString(),
            Integer.toString(port));
    Probe ready = Probe.http("http://localhost:" + port + "/");
    String name = "witness-" + number;
    // It starts in a third of a second.
    Optional<ClassArchive> classes = Optional.empty();
    return new Launch(name, command, classes, Map.of(), List.of(port), home.log(name), ready);
  }

  private Map<String, String> common(String database, Addresses.Pair at) {
    Map<String, String> variables = new HashMap<>();
    variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    variables.put("QUARKUS_HTTP_PORT", Integer.toString(at.http()));
    variables.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(at.management()));
    variables.put("QUARKUS_DATASOURCE_JDBC_URL", databases.jdbcUrl(database));
    String service = Databases.serviceLogin(database);
    variables.put("QUARKUS_DATASOURCE_USERNAME", service);
    variables.put("QUARKUS_DATASOURCE_PASSWORD", secrets.of("database." + service));
    variables.put("QUARKUS_FLYWAY_USERNAME", database);
    variables.put("QUARKUS_FLYWAY_PASSWORD", secrets.of("database." + database));
    variables.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer);
    return variables;
  }

  private Launch launch(
      String service, int index, Addresses.Pair at, Map<String, String> variables) {
    variables.putAll(shape.settings());
    String name = index == 0 ? service : service + "-" + (index + 1);
    Path folder = home.root().resolve(service + "/target/quarkus-app");
    Path jar = folder.resolve("quarkus-run.jar");
    List<String> command = new ArrayList<>(List.of(Java.executable(), "-XX:+UseSerialGC"));
    command.addAll(shape.sizing().java());
    command.addAll(List.of("-jar", jar.toString()));
    Probe ready = Probe.http("http://localhost:" + at.management() + "/q/health/ready");
    return new Launch(
        name,
        command,
        Optional.of(ClassArchive.beside(folder, List.of(jar))),
        variables,
        List.of(at.http(), at.management()),
        home.log(name),
        ready);
  }
}
