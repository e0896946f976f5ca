package dev.indelible.trials.outcome;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells another wording from another meaning.
final class Wording {
  private Wording() {}

  /// What became of one part of an outcome; nothing when it is the same to the letter.
  ///
  /// @param code what to call another meaning
  static Optional<ChangeCode> change(
      ChangeCode code, @Nullable String before, @Nullable String after) {
    if (Objects.equals(before, after)) {
      return Optional.empty();
    }
    if (OutcomeText.orderFree(before).equals(OutcomeText.orderFree(after))) {
      return Optional.of(ChangeCode.REWORD);
    }
    return Optional.of(filledOrEmptied(before, after).orElse(code));
  }

  /// What became of a time frame. Order is meaning here: week 4 and month 6 are not week 6 and
  /// month 4.
  static Optional<ChangeCode> timeChange(@Nullable String before, @Nullable String after) {
    if (Objects.equals(before, after)) {
      return Optional.empty();
    }
    if (OutcomeText.normal(before).equals(OutcomeText.normal(after))) {
      return Optional.of(ChangeCode.REWORD);
    }
    return filledOrEmptied(before, after)
        .or(() -> Optional.of(points(TimePoints.of(before), TimePoints.of(after))));
  }

  private static Optional<ChangeCode> filledOrEmptied(
      @Nullable String before, @Nullable String after) {
    if (before == null) {
      return Optional.of(ChangeCode.SPEC_ADDED);
    }
    return after == null ? Optional.of(ChangeCode.SPEC_REMOVED) : Optional.empty();
  }

  private static ChangeCode points(TimePoints planned, TimePoints later) {
    if (planned.seconds().equals(later.seconds())) {
      boolean sameWords = planned.words().equals(later.words());
      return sameWords ? ChangeCode.REWORD : ChangeCode.NEEDS_REVIEW;
    }
    if (planned.seconds().isEmpty() || later.seconds().isEmpty()) {
      return ChangeCode.NEEDS_REVIEW;
    }
    if (planned.seconds().containsAll(later.seconds())) {
      return ChangeCode.P_TIME_NARROWED;
    }
    boolean widened = later.seconds().containsAll(planned.seconds());
    return widened ? ChangeCode.P_TIME_WIDENED : ChangeCode.P_TIME;
  }
}
