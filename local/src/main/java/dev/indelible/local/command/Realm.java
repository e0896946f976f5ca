package dev.indelible.local.command;

import dev.indelible.local.KeycloakServer;
import dev.indelible.local.RealmFile;
import dev.indelible.local.realm.Drift;
import dev.indelible.local.realm.KeycloakAdmin;
import dev.indelible.local.realm.ReconcileRealm;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Says what the running realm has that `identity/` has not, and the other way round, or brings it
/// in line. The realm is that of the Keycloak that `up` started, or of one that somebody else did.
final class Realm {
  private final Installation installation;
  private final Screen screen;

  Realm(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run(List<String> words) throws IOException {
    RealmArguments arguments = RealmArguments.parse(words);
    if (arguments.url().isPresent()) {
      return runElsewhere(arguments);
    }
    KeycloakServer keycloak = installation.stack().keycloak();
    try (KeycloakAdmin admin = keycloak.admin()) {
      return run(arguments.apply(), admin, keycloak.realmAsCode(), Set.of());
    }
  }

  /// The public keys of the clients are those that the other Keycloak was given at import, in
  /// variables of the same names. About a client whose key is not given the code is silent.
  private ExitCode runElsewhere(RealmArguments arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    RealmFile file = RealmFile.of(installation.home().root(), arguments.demo());
    Map<String, String> keys = new HashMap<>(environment);
    keys.keySet().retainAll(file.variables());
    keys.values().removeIf(String::isBlank);
    keys.replaceAll((name, value) -> KeycloakServer.outOfJson(value));
    RealmFile code = file.given(keys);
    try (KeycloakAdmin admin = arguments.signIn(environment)) {
      return run(arguments.apply(), admin, code.withoutVariables().realm(), code.variables());
    }
  }

  private ExitCode run(boolean apply, KeycloakAdmin admin, JsonObject code, Set<String> missing) {
    ReconcileRealm realm = new ReconcileRealm(admin, code);
    if (apply) {
      realm.drift().forEach(drift -> screen.begins(line(drift)));
      realm.apply();
    }
    return report(realm.drift(), missing);
  }

  private ExitCode report(List<Drift> drifts, Set<String> missing) {
    missing.forEach(name -> screen.result("not compared, since it is not set: " + name));
    if (drifts.isEmpty()) {
      screen.result(
          missing.isEmpty()
              ? "The realm is as identity/ says."
              : "Everything else in the realm is as identity/ says.");
      return missing.isEmpty() ? ExitCode.OK : ExitCode.NOT_CHECKED;
    }
    drifts.forEach(drift -> screen.result(line(drift)));
    screen.result(
        drifts.size() + " differences.   Bring the realm in line: ./indelible realm apply");
    return ExitCode.CONTRADICTED;
  }

  private static String line(Drift drift) {
    return "%s: code says %s, in force is %s"
        .formatted(drift.where(), drift.code(), drift.running());
  }
}
