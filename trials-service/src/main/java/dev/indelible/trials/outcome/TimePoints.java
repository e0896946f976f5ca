package dev.indelible.trials.outcome;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The points in time that a time frame names, in whole seconds, and the words around them.
///
/// @param seconds the points; baseline only when it is the only one
/// @param words what else the text says, sorted, without connectives
record TimePoints(SortedSet<Long> seconds, List<String> words) {
  private static final Map<String, Long> UNITS =
      Map.of(
          "second", 1L,
          "minute", 60L,
          "hour", 3_600L,
          "day", 86_400L,
          "week", 7 * 86_400L,
          // A twelfth of 365 days, so that 12 months are one year.
          "month", 2_628_000L,
          "year", 31_536_000L);
  private static final Set<String> CONNECTIVES =
      Set.of(
          "a", "an", "and", "at", "by", "from", "in", "of", "on", "the", "through", "to", "until",
          "up", "within");

  /// Reads a time frame. Never fails: what is not understood stays in `words`.
  static TimePoints of(@Nullable String timeFrame) {
    return new Reader(OutcomeText.tokens(timeFrame)).read();
  }

  private static final class Reader {
    private final List<String> tokens;
    private final SortedSet<Long> seconds = new TreeSet<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private @Nullable String unit;
    private boolean baseline;

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    TimePoints read() {
      for (int i = 0; i < tokens.size(); i++) {
        token(i);
      }
      words.addAll(waiting);
      if (baseline && seconds.isEmpty()) {
        seconds.add(0L);
      }
      words.sort(null);
      return new TimePoints(seconds, List.copyOf(words));
    }

    private void token(int i) {
      String token = tokens.get(i);
      if (isNumber(token)) {
        number(i);
      } else if (UNITS.containsKey(token)) {
        unit(token);
      } else if (token.equals("baseline")) {
        baseline = true;
      } else if (!CONNECTIVES.contains(token)) {
        words.add(token);
      }
    }

    /// "Week 4, 8": the unit stands before. "4 and 8 weeks": it stands behind. A number between two
    /// units belongs to the one before when the one behind has a number of its own.
    private void number(int i) {
      boolean unitBehind = UNITS.containsKey(at(i + 1));
      if (unit == null || (unitBehind && !isNumber(at(i + 2)))) {
        waiting.add(tokens.get(i));
      } else {
        add(tokens.get(i), unit);
      }
    }

    private void unit(String token) {
      if (waiting.isEmpty()) {
        unit = token;
      } else {
        waiting.forEach(number -> add(number, token));
        waiting.clear();
      }
    }

    private void add(String number, String ofUnit) {
      BigDecimal exact =
          new BigDecimal(number).multiply(BigDecimal.valueOf(UNITS.getOrDefault(ofUnit, 1L)));
      if (exact.stripTrailingZeros().scale() <= 0 && exact.precision() < 18) {
        seconds.add(exact.longValueExact());
      } else {
        words.add(number + ofUnit);
      }
    }

    private String at(int i) {
      return i < tokens.size() ? tokens.get(i) : "";
    }

    private static boolean isNumber(String token) {
      return token.matches("-?\\d+(\\.\\d+)?");
    }
  }
}
