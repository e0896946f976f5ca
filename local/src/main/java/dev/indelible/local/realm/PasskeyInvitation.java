package dev.indelible.local.realm;

import dev.indelible.local.LocalException;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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
    invitation.change(actions -> actions.add(WISH));
    return invitation;
  }

  /// Takes the wish back, if it is still there.
  @Override
  public void close() {
    change(actions -> actions.remove(WISH));
  }

  /// What else is asked of the user, a new password perhaps, stays.
  private void change(Predicate<Set<Json>> change) {
    JsonObject user = admin.get(path);
    Set<Json> actions = new LinkedHashSet<>(user.list("requiredActions"));
    if (change.test(actions)) {
      Map<String, Json> members = new LinkedHashMap<>(user.members());
      members.put("requiredActions", new JsonArray(List.copyOf(actions)));
      admin.put(path, new JsonObject(members));
    }
  }
}
