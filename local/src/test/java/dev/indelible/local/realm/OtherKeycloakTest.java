package dev.indelible.local.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.KeycloakServer;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./indelible realm` of somebody on whose machine nothing runs, about a real Keycloak elsewhere:
/// known by an address that is not its own host name, a password and the public keys it was given.
class OtherKeycloakTest {
  private static final String PASSWORD = "INDELIBLE_KEYCLOAK_PASSWORD";
  private static final String ALDERS_KEY = "INDELIBLE_ALDER_SYSTEM_JWKS";

  @TempDir static Path folder;
  private static Stack stack;
  private static KeycloakServer keycloak;
  private static String url = "";
  private static Map<String, String> given = Map.of();

  private record Run(int exit, String output) {}

  @BeforeAll
  static void start() throws IOException {
    stack = Stack.start(Shape.PLATFORM);
    keycloak = stack.keycloak();
    url = keycloak.url().replace("localhost", "127.0.0.1");
    given = keys();
    given.put(PASSWORD, password());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static String password() throws IOException {
    Properties secrets = new Properties();
    try (var in = Files.newBufferedReader(stack.state().resolve("secrets.properties"))) {
      secrets.load(in);
    }
    return secrets.getProperty("keycloak.admin");
  }

  /// As Keycloak gets them: between the quotes of a JSON string.
  private static Map<String, String> keys() throws IOException {
    Map<String, String> keys = new HashMap<>();
    try (Stream<Path> files = Files.list(stack.state().resolve("clients"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jwks")).toList()) {
        String client = file.getFileName().toString().replace(".jwks", "").replace('-', '_');
        keys.put(
            "INDELIBLE_" + client.toUpperCase(Locale.ROOT) + "_JWKS",
            Files.readString(file).replace("\"", "\\\""));
      }
    }
    return keys;
  }

  @Test
  void isAsTheCodeSays() throws Exception {
    assertEquals(4, run(given, "realm").exit(), "nothing runs here");
    Run realm = run(given, "realm", "--url", url + "/", "--demo");
    assertEquals(0, realm.exit(), realm.output());
    assertEquals("The realm is as identity/ says.", realm.output().strip());
  }

  /// What the demo users need is drift where they do not belong.
  @Test
  void namesTheDemoWhereItWasNotAskedFor() throws Exception {
    Run realm = run(given, "realm", "--url", url);
    assertEquals(1, realm.exit(), realm.output());
    for (String place :
        List.of(
            "passwordPolicy: ",
            "clients/indelible-cli/directAccessGrantsEnabled: ",
            "clientPolicies/policies/no-passwords-for-clients/enabled: ",
            "3 differences.")) {
      assertTrue(realm.output().contains(place), realm.output());
    }
  }

  @Test
  void namesWhatSomebodyChangedAndPutsItRight() throws Exception {
    try (KeycloakAdmin admin = keycloak.admin()) {
      admin.put(
          "",
          JsonReader.readObject(
              "{\"realm\": \"indelible\", \"accessTokenLifespan\": 3600}"
                  .getBytes(StandardCharsets.UTF_8)));
    }
    Path password = Files.writeString(folder.resolve("password"), given.get(PASSWORD) + "\n");
    String[] words = {
      "realm", "--url", url, "--admin", "admin", "--password-file", password.toString(), "--demo"
    };
    Map<String, String> keys = new HashMap<>(given);
    keys.remove(PASSWORD);
    String line = "accessTokenLifespan: code says 300, in force is 3600";
    Run realm = run(keys, words);
    assertEquals(1, realm.exit(), realm.output());
    assertTrue(realm.output().contains(line), realm.output());

    List<String> apply = new ArrayList<>(List.of(words));
    apply.add("apply");
    Run applied = run(keys, apply.toArray(String[]::new));
    assertEquals(0, applied.exit(), applied.output());
    assertTrue(applied.output().contains(line), applied.output());
    assertEquals(0, run(keys, words).exit());
  }

  /// Nor is a key that nobody gave us taken away from a client that differs elsewhere.
  @Test
  void aKeyThatIsNotGivenIsNotCompared() throws Exception {
    Map<String, String> keys = new HashMap<>(given);
    keys.remove(ALDERS_KEY);
    Run realm = run(keys, "realm", "--url", url, "--demo");
    assertEquals(3, realm.exit(), realm.output());
    assertTrue(realm.output().contains("not compared, since it is not set: " + ALDERS_KEY));

    try (KeycloakAdmin admin = keycloak.admin()) {
      String id = RunningRealm.id(admin.list("clients?clientId=alder-system").getFirst());
      admin.put(
          "clients/" + id,
          JsonReader.readObject(
              "{\"clientId\": \"alder-system\", \"standardFlowEnabled\": true}"
                  .getBytes(StandardCharsets.UTF_8)));
    }
    assertEquals(1, run(keys, "realm", "--url", url, "--demo").exit());
    assertEquals(3, run(keys, "realm", "apply", "--url", url, "--demo").exit());
    assertEquals(0, run(given, "realm", "--url", url, "--demo").exit());
  }

  @Test
  void whoIsNotLetInIsToldSo() throws Exception {
    Map<String, String> wrong = new HashMap<>(given);
    wrong.put(PASSWORD, "not-the-password");
    Run realm = run(wrong, "realm", "--url", url);
    assertEquals(4, realm.exit(), realm.output());
    assertTrue(realm.output().contains("does not let admin in"), realm.output());
    assertFalse(realm.output().contains("not-the-password"), realm.output());
  }

  /// No password that is missing, and none over a network where anybody reads it.
  @Test
  void wrongUseHasItsOwnExitCode() throws Exception {
    assertEquals(2, run(Map.of(), "realm", "--url", url).exit());
    for (String address :
        List.of(
            "http://keycloak.example",
            "http://localhost@keycloak.example",
            "https://admin:secret@keycloak.example",
            "file:///etc/passwd",
            "https:keycloak.example",
            "://")) {
      assertEquals(2, run(given, "realm", "--url", address).exit(), address);
    }
    assertEquals(2, run(given, "realm", "--demo").exit());
    assertEquals(2, run(given, "realm", "--url").exit());
    assertEquals(2, run(given, "realm", "--password", "secret").exit());
  }

  /// The command as the script starts it, in a folder where nothing was ever started.
  private static Run run(Map<String, String> environment, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dindelible.root=" + stack.root(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.indelible.local.command.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("INDELIBLE_HOME", folder.toString());
    builder.environment().remove(PASSWORD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
