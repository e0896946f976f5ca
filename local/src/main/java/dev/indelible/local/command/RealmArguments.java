package dev.indelible.local.command;

import dev.indelible.local.LocalException;
import dev.indelible.local.realm.KeycloakAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words after `realm`. A password is not among them: every process of a machine can read the
/// command lines of the others.
///
/// @param apply whether to bring the realm in line
/// @param url where a Keycloak is that was not started here
/// @param admin name of its administrator
/// @param passwordFile file with the administrator's password
/// @param demo whether it was given the demo users
record RealmArguments(
    boolean apply, Optional<String> url, String admin, Optional<Path> passwordFile, boolean demo) {

  /// The variable that holds the password where no file does.
  static final String PASSWORD = "INDELIBLE_KEYCLOAK_PASSWORD";

  private static final Set<String> VALUES = Set.of("--url", "--admin", "--password-file");
  private static final Set<String> SWITCHES = Set.of("apply", "--demo");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  static RealmArguments parse(List<String> words) {
    Deque<String> rest = new ArrayDeque<>(words);
    Map<String, String> given = new HashMap<>();
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      String value = VALUES.contains(word) ? rest.pollFirst() : word;
      if (value == null || !(VALUES.contains(word) || SWITCHES.contains(word))) {
        throw new WrongUse(
            "realm takes nothing, or apply; and of another Keycloak --url URL, --admin NAME,"
                + " --password-file FILE, --demo");
      }
      if (given.put(word, value) != null) {
        throw new WrongUse(word + " is given twice");
      }
    }
    Optional<String> url = Optional.ofNullable(given.get("--url")).map(RealmArguments::address);
    boolean apply = given.containsKey("apply");
    if (url.isEmpty() && given.size() > (apply ? 1 : 0)) {
      throw new WrongUse("the options are about another Keycloak: --url is missing");
    }
    return new RealmArguments(
        apply,
        url,
        given.getOrDefault("--admin", "admin"),
        Optional.ofNullable(given.get("--password-file")).map(Path::of),
        given.containsKey("--demo"));
  }

  private static String address(String text) {
    if (!isSafe(text)) {
      throw new WrongUse(
          "--url takes an https address, or an http one of this machine, without name and password");
    }
    return text.replaceFirst("/+$", "");
  }

  /// Whether a password may be sent there: nobody listens on the way.
  private static boolean isSafe(String text) {
    try {
      URI uri = URI.create(text);
      boolean covered =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains("" + uri.getHost()));
      return covered && uri.getHost() != null && uri.getUserInfo() == null;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /// Signs in at the other Keycloak.
  ///
  /// @param environment where the password is when no file was named
  KeycloakAdmin signIn(Map<String, String> environment) {
    return new KeycloakAdmin(url.orElseThrow(), admin, password(environment));
  }

  private String password(Map<String, String> environment) {
    if (passwordFile.isEmpty()) {
      return Optional.ofNullable(environment.get(PASSWORD))
          .orElseThrow(() -> new WrongUse("neither --password-file nor " + PASSWORD + " is given"));
    }
    try {
      return Files.readString(passwordFile.get()).strip();
    } catch (IOException e) {
      throw new LocalException(
          "The file %s cannot be read".formatted(passwordFile.get()), "--password-file FILE", e);
    }
  }
}
