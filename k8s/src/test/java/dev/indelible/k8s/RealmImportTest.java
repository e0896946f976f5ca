package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The realm that prod imports is the one realm of `identity/`.
class RealmImportTest {

  private static final String FILE = "k8s/overlays/prod/realm/realm.yaml";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)}");

  @Test
  void importsTheRealmOfIdentity() throws IOException {
    update();
    JsonNode imported = Repository.yaml(Repository.text(FILE)).getFirst().path("spec");
    assertEquals(Repository.JSON.readTree(realm()), imported.path("realm"));
    TreeSet<String> given = new TreeSet<>();
    imported.path("placeholders").fieldNames().forEachRemaining(given::add);
    assertEquals(placeholders(), given);
  }

  static void update() throws IOException {
    if (!Boolean.getBoolean("indelible.update")) {
      return;
    }
    StringBuilder text =
        new StringBuilder(
            """
            # Written by `mvn -pl k8s test -Dindelible.update=true` from identity/realm.json, the original.
            # Keycloak imports a realm once; later changes reach it by ./indelible realm apply (docs/operations.md).
            apiVersion: k8s.keycloak.org/v2beta1
            kind: KeycloakRealmImport
            metadata:
              name: indelible
            spec:
              keycloakCRName: keycloak
              placeholders:
            """);
    for (String name : placeholders()) {
      text.append("    %s: {secret: {name: keycloak-clients, key: %s}}\n".formatted(name, name));
    }
    String pretty = Repository.JSON.readTree(realm()).toPrettyString();
    text.append("  realm:\n").append(pretty.indent(4));
    Files.writeString(Repository.path(FILE), text);
  }

  private static String realm() {
    return Repository.text("identity/realm.json");
  }

  static TreeSet<String> placeholders() {
    return PLACEHOLDER
        .matcher(realm())
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
