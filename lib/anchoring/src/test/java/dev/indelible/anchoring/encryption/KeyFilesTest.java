package dev.indelible.anchoring.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.anchoring.Bytes;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("hipaa/164.312.a.2.iv")
class KeyFilesTest {
  private static final byte[] DATA_KEY = new byte[32];
  private static final byte[] CONTEXT = {1, 2, 3};

  @TempDir Path folder;

  private String file(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? file.toString()
        : Files.writeString(file, Base64.getEncoder().encodeToString(Gcm.randomKey()) + "\n")
            .toString();
  }

  private KeyFiles configured(String current, Optional<String> older) throws IOException {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "ledger-url", "http://localhost:1",
                "log", "claims",
                "issuer-key", "issuer.pem",
                "issuer-name", "claims-service",
                "match-key", "match.key",
                "policy", "policy"));
    // Quarkus reads these in a shorter form.
    List.of("rest", "longest-back-off", "call-timeout").forEach(name -> settings.put(name, "PT1S"));
    settings.put("kek", current);
    older.ifPresent(files -> settings.put("older-keks", files));
    Map<String, String> prefixed = new HashMap<>();
    settings.forEach((name, value) -> prefixed.put("indelible.anchoring." + name, value));
    return new KeyFiles(
        new SmallRyeConfigBuilder()
            .withMapping(AnchoringConfig.class)
            .withSources(new PropertiesConfigSource(prefixed, "test", 100))
            .build()
            .getConfigMapping(AnchoringConfig.class));
  }

  @Test
  void wrapsUnderTheCurrentAndUnwrapsUnderAll() throws IOException {
    KeyFiles before = configured(file("1"), Optional.empty());
    Bytes wrapped = before.wrap(DATA_KEY, CONTEXT);
    KeyFiles after = configured(file("3"), Optional.of(file("2") + "," + file("1")));
    assertNotEquals(before.current(), after.current());
    assertEquals(
        Set.of(before.current(), configured(file("2"), Optional.empty()).current()), after.older());
    assertArrayEquals(DATA_KEY, after.unwrap(before.current(), wrapped, CONTEXT).orElseThrow());
    assertEquals(Optional.empty(), after.unwrap(after.current(), wrapped, CONTEXT));
    assertEquals(Optional.empty(), after.unwrap(before.current(), wrapped, new byte[3]));
    assertEquals(
        Optional.empty(),
        configured(file("3"), Optional.empty()).unwrap(before.current(), wrapped, CONTEXT));
  }

  @Test
  void refusesAFileThatHoldsNoKey() throws IOException {
    Files.writeString(folder.resolve("short"), "AAAA");
    assertThrows(IllegalArgumentException.class, () -> configured(file("short"), Optional.empty()));
  }
}
