package dev.indelible.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurrentCallerTest {
  @Test
  void takesExactlyOneOrganisation() {
    Optional<String> alder = Optional.of("alder");
    assertEquals(alder, CurrentCaller.single(List.of("alder")));
    assertEquals(alder, CurrentCaller.single(Map.of("alder", Map.of("id", "1"))));
    assertEquals(alder, CurrentCaller.single("alder"));
    assertEquals(Optional.empty(), CurrentCaller.single(List.of("alder", "birch")));
    assertEquals(Optional.empty(), CurrentCaller.single(Map.of("alder", 1, "birch", 2)));
    assertEquals(Optional.empty(), CurrentCaller.single(List.of()));
    assertEquals(Optional.empty(), CurrentCaller.single(List.of("")));
    assertEquals(Optional.empty(), CurrentCaller.single(null));
  }

  @Test
  void takesWholeSecondsForATime() {
    assertEquals(Optional.of(Instant.ofEpochSecond(1)), CurrentCaller.time(1L));
    assertEquals(Optional.of(Instant.ofEpochSecond(7)), CurrentCaller.time(Json.createValue(7)));
    assertEquals(Optional.empty(), CurrentCaller.time(Json.createValue(7.5)));
    assertEquals(Optional.empty(), CurrentCaller.time(Long.MAX_VALUE));
    assertEquals(Optional.empty(), CurrentCaller.time(0L));
    assertEquals(Optional.empty(), CurrentCaller.time("7"));
    assertEquals(Optional.empty(), CurrentCaller.time(null));
  }
}
