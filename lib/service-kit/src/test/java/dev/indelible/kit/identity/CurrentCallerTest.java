package dev.indelible.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
