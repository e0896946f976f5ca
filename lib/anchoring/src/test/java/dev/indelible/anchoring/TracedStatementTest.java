package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TracedStatementTest {
  private static final Cell CELL = new Cell("claim", "1", "column");

  private static TracedStatement.Builder builder() {
    return TracedStatement.builder("claim.submitted/v1");
  }

  @Test
  void writesEveryTypeInItsOneSpelling() {
    TracedStatement traced =
        builder()
            .put("/text", CELL, "ü")
            .put("/number", CELL, 7)
            .put("/boxed", CELL, Integer.valueOf(8))
            .put("/huge", CELL, Long.MAX_VALUE)
            .put("/least", CELL, Long.MIN_VALUE)
            .put("/truth", CELL, true)
            .put("/day", CELL, LocalDate.of(2026, 2, 3))
            .put("/id", CELL, new UUID(0, 1))
            .put("/moment", CELL, Instant.parse("2026-02-03T04:05:06.100Z"))
            .put("/absent", CELL, (String) null)
            .build();
    assertEquals(
        "{\"/boxed\":8,\"/day\":\"2026-02-03\",\"/huge\":\"9223372036854775807\","
            + "\"/id\":\"00000000-0000-0000-0000-000000000001\","
            + "\"/least\":\"-9223372036854775808\",\"/moment\":\"2026-02-03T04:05:06.100Z\","
            + "\"/number\":7,\"/text\":\"ü\",\"/truth\":true,\"/type\":\"claim.submitted/v1\"}",
        traced.statement().canonicalText());
  }

  @Test
  void knowsTheCellOfAColumnWithoutValue() {
    TracedStatement traced = builder().put("/a", CELL, (LocalDate) null).build();
    assertEquals(Optional.of(CELL), traced.cell("/a"));
    assertEquals(Optional.empty(), traced.cell("/type"));
  }

  @Test
  void refusesWhatCouldNotBeRebuilt() {
    Instant nanos = Instant.parse("2026-02-03T04:05:06.123456789Z");
    assertThrows(IllegalArgumentException.class, () -> builder().put("/moment", CELL, nanos));
  }

  @Test
  void refusesAPointerGivenTwice() {
    TracedStatement.Builder builder = builder().put("/a", CELL, (String) null);
    assertThrows(IllegalArgumentException.class, () -> builder.put("/a", CELL, "x"));
    assertThrows(IllegalArgumentException.class, () -> builder.put("/type", CELL, "x"));
  }
}
