package dev.indelible.local.command;

import dev.indelible.local.KeycloakServer;
import dev.indelible.local.realm.Drift;
import dev.indelible.local.realm.KeycloakAdmin;
import dev.indelible.local.realm.ReconcileRealm;
import java.util.List;

/// Says what the running realm has that `identity/` has not, and the other way round, or brings it
/// in line.
final class Realm {
  private final Installation installation;
  private final Screen screen;

  Realm(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode run(List<String> words) {
    boolean apply = words.equals(List.of("apply"));
    if (!words.isEmpty() && !apply) {
      throw new WrongUse("realm takes nothing, or apply");
    }
    KeycloakServer keycloak = installation.stack().keycloak();
    try (KeycloakAdmin admin = keycloak.admin()) {
      ReconcileRealm realm = new ReconcileRealm(admin, keycloak.realmAsCode());
      if (apply) {
        realm.drift().forEach(drift -> screen.begins(line(drift)));
        realm.apply();
      }
      return report(realm.drift());
    }
  }

  private ExitCode report(List<Drift> drifts) {
    if (drifts.isEmpty()) {
      screen.result("The realm is as identity/ says.");
      return ExitCode.OK;
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
