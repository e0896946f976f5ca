package dev.indelible.kit.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("asvs-5.0/2.4.1")
class AllowancesTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Allowances allowances = new Allowances(5, Duration.ofSeconds(2));

  private long taken(String name, Instant now) {
    return IntStream.range(0, 100).filter(i -> allowances.take(name, 1, now)).count();
  }

  @Test
  void holdsTheBurstAndFillsAtTheRate() {
    assertEquals(10, taken("a", BEGIN));
    assertEquals(0, taken("a", BEGIN));
    assertEquals(0, taken("a", BEGIN.plusMillis(0)));
    assertEquals(5, taken("a", BEGIN.plusSeconds(1)));
    assertEquals(10, taken("a", BEGIN.plusSeconds(3_600)));
  }

  @Test
  void oneDoesNotTakeFromAnother() {
    assertEquals(10, taken("a", BEGIN));
    assertEquals(10, taken("b", BEGIN));
  }

  @Test
  void goesBelowEmptyOnceForWhatIsLargerThanAFullOne() {
    assertTrue(allowances.take("a", 20, BEGIN));
    assertFalse(allowances.take("a", 1, BEGIN.plusSeconds(1)));
    assertTrue(allowances.take("a", 1, BEGIN.plusMillis(2_001)));
  }

  @Test
  void aClockThatGoesBackGivesNothing() {
    assertEquals(10, taken("a", BEGIN));
    assertEquals(0, taken("a", BEGIN.minusSeconds(60)));
  }
}
