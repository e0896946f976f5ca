package dev.indelible.local.signin;

import dev.indelible.local.LocalException;
import dev.indelible.local.realm.KeycloakAdmin;
import dev.indelible.local.realm.PasskeyInvitation;
import dev.indelible.local.signin.SignIn.Person;
import dev.indelible.transparency.canonical.Json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Signs demo users in with passkeys, one file each. Who has none yet is given one as Keycloak
/// gives it to everybody: an administrator asks for it, and the next sign-in by password registers
/// it.
///
/// @param folder of the files
/// @param issuer Keycloak's realm, as tokens name it
/// @param admin a session of Keycloak's administrator
public record DemoPasskeys(Path folder, String issuer, Supplier<KeycloakAdmin> admin) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");
  private static final String PASSWORD = "demo";

  /// Tokens of a user who shows the passkey now.
  ///
  /// @throws LocalException when Keycloak refuses
  public JsonObject signIn(String user) {
    if (!NAME.matcher(user).matches()) {
      throw new LocalException("Nobody is called " + user, "./indelible token --fresh operator");
    }
    PasskeyFile file = new PasskeyFile(folder.resolve(user + ".properties"));
    if (file.passkey().isEmpty()) {
      register(user, file);
    }
    try (SignIn browser = new SignIn(issuer, new Person(user, Optional.empty(), file))) {
      return browser.tokens(Map.of("acr_values", "3"));
    }
  }

  private void register(String user, PasskeyFile file) {
    try (KeycloakAdmin session = admin.get();
        PasskeyInvitation invitation = PasskeyInvitation.to(user, session);
        SignIn browser = new SignIn(issuer, new Person(user, Optional.of(PASSWORD), file))) {
      var _ = browser.tokens(Map.of());
    }
  }
}
