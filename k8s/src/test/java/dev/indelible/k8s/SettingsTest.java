package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// An operator finds every setting in one table, and none that does not exist.
class SettingsTest {

  private final String page = Repository.text("docs/operations.md");

  @Test
  void everySettingIsDocumented() throws IOException {
    for (String setting : settings()) {
      assertTrue(page.contains("`" + setting + "`"), setting + " is not in docs/operations.md");
    }
  }

  @Test
  void everyDocumentedSettingExists() throws IOException {
    Set<String> settings = settings();
    for (String word : page.split("[^A-Z_]+")) {
      boolean ours =
          word.startsWith("INDELIBLE_LEDGER_") || word.startsWith("INDELIBLE_ANCHORING_");
      assertTrue(!ours || settings.contains(word), word + " is documented only");
    }
  }

  private static Set<String> settings() throws IOException {
    Set<String> settings = new TreeSet<>();
    settings.addAll(Settings.declared("ledger-service/src/main/java").keySet());
    settings.addAll(Settings.declared("lib/anchoring/src/main/java").keySet());
    settings.addAll(Settings.declared("claims-service/src/main/java").keySet());
    settings.addAll(Settings.declared("lib/service-kit/src/main/java").keySet());
    assertTrue(settings.size() > 15, settings.toString());
    return settings;
  }
}
