package dev.indelible.witness.tiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void keepsTheAverageOnAClockOfItsOwn() throws Exception {
    AtomicLong now = new AtomicLong(Duration.ofDays(1).toNanos());
    List<Duration> slept = new ArrayList<>();
    Pace pace =
        Pace.of(
            1000,
            now::get,
            time -> {
              slept.add(time);
              now.addAndGet(time.toNanos());
            });

    pace.spend(256);
    assertEquals(List.of(), slept, "the first ones are free");
    pace.spend(256);
    assertEquals(List.of(Duration.ofMillis(256)), slept);
    now.addAndGet(Duration.ofMillis(200).toNanos());
    pace.spend(256);
    assertEquals(Duration.ofMillis(56), slept.getLast());
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    pace.spend(256);
    assertEquals(2, slept.size(), "who is behind does not wait");
  }
}
