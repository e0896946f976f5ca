package dev.indelible.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditLineTest {
  private final AuditLine line = new AuditLine("claims-service-1");

  private Optional<String> after(int seconds, String checks) {
    String health = "{\"status\": \"DOWN\", \"checks\": [" + checks + "]}";
    return line.line(health.getBytes(UTF_8), Duration.ofSeconds(seconds).toNanos());
  }

  private static String part(String what, long done, long of) {
    return "{\"name\": \"other\"}, {\"name\": \"audit\", \"data\": {\"part\": \"%s\", \"done\": %d, \"of\": %d}}"
        .formatted(what, done, of);
  }

  @Test
  void saysHowFarEachPartIsAndHowFastItGoes() {
    assertEquals(
        Optional.empty(), after(0, "{\"name\": \"audit\", \"data\": {\"verdict\": \"MATCHES\"}}"));
    assertEquals(
        Optional.of("  claims-service-1: 64 of 40,000 statements, 0 %"),
        after(2, part("statements", 64, 40_000)));
    assertEquals(
        Optional.of("  claims-service-1: 12,064 of 40,000 statements, 30 %, 3,000 a second"),
        after(6, part("statements", 12_064, 40_000)));
    assertEquals(
        Optional.of("  claims-service-1: 0 of 50,000 entries, 0 %"),
        after(8, part("entries", 0, 50_000)));
    assertEquals(
        Optional.of("  claims-service-1: 25,000 of 50,000 entries, 50 %, 12,500 a second"),
        after(10, part("entries", 25_000, 50_000)));
  }

  @Test
  void saysNothingOfWhatIsNoHealth() {
    assertEquals(Optional.empty(), line.line("<html>".getBytes(UTF_8), 0));
    assertEquals(Optional.empty(), after(2, "7"));
    assertEquals(
        Optional.empty(), after(2, "{\"data\": {\"part\": \"x\", \"done\": 1.5, \"of\": 2}}"));
  }

  /// Somebody inserted statements: the part is more than was there.
  @Test
  void neverSaysMoreThanAll() {
    assertEquals(
        Optional.of("  claims-service-1: 9 of 7 statements, 100 %"),
        after(0, part("statements", 9, 7)));
  }
}
