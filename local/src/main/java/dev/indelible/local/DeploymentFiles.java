package dev.indelible.local;

import dev.indelible.transparency.canonical.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The keys, secrets and realm of a development deployment under compose or Kubernetes, one folder
/// for each program that reads it, so that none sees what belongs to another.
///
/// A second run changes nothing: new keys would orphan the logs signed with the old ones.
final class DeploymentFiles {

  private static final List<String> SERVICES = List.of("ledger", "trials", "claims");

  /// Written last: when it is there, everything is.
  private static final String LAST = "trust/policy";

  private final Path out;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, String> passwords = new LinkedHashMap<>();

  private DeploymentFiles(Path out) {
    this.out = out;
  }

  /// Takes the folder `identity/`, the folder to write to and the address of each witness.
  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[1]);
    if (Files.exists(out.resolve(LAST))) {
      System.out.println("keys and secrets are there");
      return;
    }
    Path scratch = Files.createTempDirectory("indelible-keys");
    try {
      DeploymentFiles made = new DeploymentFiles(out);
      made.secrets();
      made.realm(Path.of(arguments[0]));
      made.keys(new KeyRing(scratch), List.of(arguments).subList(2, arguments.length));
      made.write();
    } finally {
      try (Stream<Path> all = Files.walk(scratch)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    System.out.println("keys and secrets made, for development only");
  }

  private void secrets() {
    password("keycloak");
    for (String service : SERVICES) {
      password(service);
      password(Databases.serviceLogin(service));
    }
    files.put("databases/postgres", Secrets.random());
    files.put("keycloak/database-password", passwords.get("keycloak"));
    files.put("keycloak/admin-password", Secrets.random());
  }

  private void password(String login) {
    String password = Secrets.random();
    passwords.put(login, password);
    files.put("databases/" + login, password);
  }

  private void realm(Path identity) throws IOException {
    RealmFile realm = RealmFile.read(identity.resolve("realm.json"));
    RealmFile demo = RealmFile.read(identity.resolve("demo-users.json"));
    files.put("keycloak/realm.json", CanonicalJson.text(realm.with(demo).realm()));
  }

  private void keys(KeyRing keys, List<String> witnessUrls) throws IOException {
    try (Stream<Path> logKeys = Files.list(keys.logKeys())) {
      for (Path key : logKeys.toList()) {
        files.put("ledger-service/" + key.getFileName(), Files.readString(key));
      }
    }
    files.put("ledger-service/service.properties", properties("ledger"));
    for (String client : KeycloakServer.CLIENTS) {
      String jwks = KeycloakServer.inJson(keys.clientJwks(client));
      files.put("keycloak/clients/" + KeycloakServer.variable(client), jwks);
      files.put("clients/" + client, Files.readString(keys.clientKey(client)));
    }
    for (String log : KeyRing.LOGS) {
      String service = log + "-service";
      files.put(service + "/issuer.pem", Files.readString(keys.issuerKey(service)));
      files.put(service + "/match.key", Files.readString(keys.matchKey()));
      files.put(service + "/kek.key", Files.readString(keys.kek(service)));
      files.put(service + "/client.pem", Files.readString(keys.clientKey(service)));
      files.put(service + "/service.properties", properties(log));
    }
    files.put("claims-service/member-index.key", Files.readString(keys.memberIndexKey()));
    for (int i = 1; i <= witnessUrls.size(); i++) {
      files.put("witness-" + i + "/key.pem", Files.readString(keys.witnessKey(i)));
    }
    files.put("trust/issuers", Files.readString(keys.writeIssuers()));
    files.put(LAST, Files.readString(keys.writePolicy(witnessUrls)));
  }

  /// For programs that cannot be given an environment before the secrets exist.
  private String properties(String log) {
    return "quarkus.datasource.password="
        + passwords.get(Databases.serviceLogin(log))
        + "\nquarkus.flyway.password="
        + passwords.get(log)
        + "\n";
  }

  private void write() throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = out.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
