package dev.indelible.ledger.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.ledger.witness.StartVerdict.Agreed;
import dev.indelible.ledger.witness.StartVerdict.Objected;
import dev.indelible.ledger.witness.StartVerdict.Unheard;
import dev.indelible.ledger.witness.WitnessDialog.Word;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose word a writer needs before it writes.
class StartVerdictTest {
  private static Predicate<Set<String>> atLeast(int threshold) {
    return names -> names.size() >= threshold;
  }

  /// @param speaking how many of three agree; the others are silent
  private static Map<String, Word> words(int speaking) {
    Map<String, Word> words = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      words.put("w" + i, i < speaking ? new Word.Agrees() : new Word.Silent("down"));
    }
    return words;
  }

  /// With one of three, any of them alone may have made a head witnessed; with three of three, two
  /// are no quorum.
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 3", "2, 2", "3, 3"})
  void theLeastThatHasToSpeak(int threshold, int needed) {
    for (int speaking = 0; speaking <= 3; speaking++) {
      StartVerdict verdict = StartVerdict.of(atLeast(threshold), words(speaking));
      assertEquals(speaking >= needed, verdict instanceof Agreed, speaking + " of three");
      assertEquals(speaking < needed, verdict instanceof Unheard, speaking + " of three");
    }
  }

  @Test
  void whatOneShowsIsEnough() {
    Map<String, Word> words = words(2);
    words.put("w2", new Word.Proves("more"));
    assertEquals(new Objected("more"), StartVerdict.of(atLeast(2), words));
    words.put("w1", new Word.Silent("down"));
    words.put("w0", new Word.Silent("down"));
    assertEquals(new Objected("more"), StartVerdict.of(atLeast(2), words));
    assertEquals(new Objected("more"), StartVerdict.of(atLeast(0), words));
  }

  /// One that doubts is no better than one that is silent; a quorum is believed.
  @Test
  void whatTheySayCountsWhenTheyAreAQuorum() {
    Map<String, Word> words = words(2);
    words.put("w2", new Word.Doubts("more"));
    assertEquals(new Agreed(), StartVerdict.of(atLeast(2), words));
    assertEquals(new Unheard("no agreement from w2 (more)"), StartVerdict.of(atLeast(3), words));
    assertEquals(new Objected("more"), StartVerdict.of(atLeast(1), words));
    assertEquals(new Agreed(), StartVerdict.of(atLeast(0), words));
    words.put("w1", new Word.Silent("down"));
    assertEquals(
        new Unheard("no agreement from w1 (down), w2 (more)"), StartVerdict.of(atLeast(2), words));
    words.put("w1", new Word.Doubts("another"));
    assertEquals(new Objected("another; more"), StartVerdict.of(atLeast(2), words));
  }

  @Test
  void whoIsMissingIsNamed() {
    assertEquals(
        Optional.of("no agreement from w1 (down), w2 (down)"),
        StartVerdict.of(atLeast(2), words(1)).unheard());
  }
}
