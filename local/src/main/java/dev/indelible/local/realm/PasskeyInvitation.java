package dev.indelible.local.realm;

import dev.indelible.local.LocalException;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An administrator's wish that a user register a passkey at the next sign-in. Until that has
/// happened Keycloak gives the user no token by password alone, so a wish that came to nothing is
/// taken back.
public final class PasskeyInvitation implements AutoCloseable {
  private static final Json WISH = new JsonString("webauthn-register-passwordless");

  private final KeycloakAdmin admin;
  private final String path;

  private PasskeyInvitation(KeycloakAdmin admin, String path) {
    this.admin = admin;
    this.path = path;
  }

  /// Makes the wish.
  ///
  /// @throws LocalException when there is no such user
  public static PasskeyInvitation to(String user, KeycloakAdmin admin) {
    JsonObject found =
        admin.list("users?exact=true&username=" + KeycloakAdmin.part(user)).stream()
            .findFirst()
            .orElseThrow(
                () -> new LocalException("There is no user " + user, "./indelible token alder"));
    PasskeyInvitation invitation = new PasskeyInvitation(admin, "users/" + RunningRealm.id(found));
    invitation.wish(List.of(WISH));
    return invitation;
  }

  /// Takes the wish back, if it is still there.
  @Override
  public void close() {
    if (!admin.get(path).list("requiredActions").isEmpty()) {
      wish(List.of());
    }
  }

  private void wish(List<Json> actions) {
    Map<String, Json> user = new LinkedHashMap<>(admin.get(path).members());
    user.put("requiredActions", new JsonArray(actions));
    admin.put(path, new JsonObject(user));
  }
}
