package dev.indelible.local.signin;

import dev.indelible.local.LocalException;
import java.util.Map;
import java.util.Optional;

/// What a person signs in with besides a password: keeps one passkey, where a phone would keep it.
public interface SoftwareAuthenticator {
  /// The passkey, once it was registered.
  Optional<Passkey> passkey();

  /// Keeps the passkey, in the place of an older one.
  void keep(Passkey passkey);

  /// One that forgets with the process.
  static SoftwareAuthenticator inMemory() {
    return new SoftwareAuthenticator() {
      private Optional<Passkey> kept = Optional.empty();

      @Override
      public Optional<Passkey> passkey() {
        return kept;
      }

      @Override
      public void keep(Passkey passkey) {
        kept = Optional.of(passkey);
      }
    };
  }

  /// Answers a request to register.
  default Map<String, String> register(Passkey.Request request, String userHandle) {
    Passkey.Registered registered = Passkey.register(request, userHandle);
    keep(registered.passkey());
    return registered.fields();
  }

  /// Answers a request to sign in.
  ///
  /// @throws LocalException when there is no passkey
  default Map<String, String> answer(Passkey.Request request) {
    return passkey()
        .orElseThrow(
            () ->
                new LocalException(
                    "Keycloak asks for a passkey that is not here",
                    "take it away from the user in Keycloak's console; the next sign-in makes one"))
        .answer(request);
  }
}
