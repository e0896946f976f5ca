package dev.indelible.ledger.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The filter may remember too much and never too little.
class KeyFilterTest {
  private final SplittableRandom random = new SplittableRandom(7);

  private UUID key() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  @Test
  void whatWasAddedIsThereAndHardlyAnythingElse() {
    KeyFilter filter = new KeyFilter(0);
    List<UUID> added = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      UUID key = key();
      filter.add(key);
      added.add(key);
    }
    assertTrue(added.stream().allMatch(filter::mayHold));
    int wrong = 0;
    for (int i = 0; i < 100_000; i++) {
      wrong += filter.mayHold(key()) ? 1 : 0;
    }
    assertTrue(wrong < 4_000, wrong + " of 100,000 keys that are not there");
  }

  @Test
  void anEmptyOneHoldsNothing() {
    assertTrue(!new KeyFilter(1_000_000).mayHold(key()));
  }
}
