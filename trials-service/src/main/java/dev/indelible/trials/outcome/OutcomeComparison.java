package dev.indelible.trials.outcome;

import dev.indelible.trials.date.TrialDate;
import dev.indelible.trials.outcome.Pairing.Pair;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What changed between a plan and a later version of it, or between a plan and reported results.
/// Same input, same output: no clock, no locale, no floats, and a fixed order.
public final class OutcomeComparison {
  private static final Comparator<Change> ORDER =
      Comparator.comparing(Change::code)
          .thenComparing(Change::elementId)
          .thenComparing(change -> Objects.toString(change.before(), ""))
          .thenComparing(change -> Objects.toString(change.after(), ""));

  private final Thresholds thresholds;
  private final List<Change> changes = new ArrayList<>();

  private OutcomeComparison(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /// The changes from one protocol version to a later one.
  ///
  /// @param registered the day the trial was first received here
  public static List<Change> ofVersions(
      Plan plan, Plan later, LocalDate registered, Thresholds thresholds) {
    OutcomeComparison comparison = new OutcomeComparison(thresholds);
    comparison.outcomes(plan, later, false);
    comparison.plannedSize(plan.sampleSize(), later.sampleSize());
    comparison.startDate(plan.start(), later.start(), registered);
    return comparison.sorted();
  }

  /// The changes from a protocol version to what was reported.
  public static List<Change> ofResults(Plan plan, Plan reported, Thresholds thresholds) {
    OutcomeComparison comparison = new OutcomeComparison(thresholds);
    comparison.outcomes(plan, reported, true);
    comparison.enrolled(plan.sampleSize(), reported.sampleSize());
    return comparison.sorted();
  }

  private List<Change> sorted() {
    changes.sort(ORDER);
    return List.copyOf(changes);
  }

  private void outcomes(Plan plan, Plan later, boolean reported) {
    Pairing pairing = Pairing.of(plan.outcomes(), later.outcomes(), thresholds.reviewFrom());
    for (Pair pair : pairing.sure()) {
      level(pair.planned(), pair.later());
      if (pair.planned().isPrimary() || pair.later().isPrimary()) {
        parts(pair.planned(), pair.later(), reported);
      }
    }
    pairing.unsure().forEach(this::unsure);
    pairing.dropped().forEach(this::dropped);
    pairing.added().forEach(this::added);
    swap();
  }

  private void unsure(Pair pair) {
    if (pair.planned().level() != Level.OTHER || pair.later().level() != Level.OTHER) {
      Outcome planned = pair.planned();
      add(ChangeCode.NEEDS_REVIEW, planned.id(), planned.words(), pair.later().words());
    }
  }

  private void level(Outcome planned, Outcome later) {
    if (planned.level() == later.level()) {
      return;
    }
    if (planned.isPrimary()) {
      add(ChangeCode.P_DEMOTE, planned.id(), planned.words(), later.level().text());
    } else if (later.isPrimary()) {
      add(ChangeCode.P_PROMOTE, planned.id(), planned.level().text(), later.words());
    }
  }

  private void dropped(Outcome planned) {
    switch (planned.level()) {
      case PRIMARY -> add(ChangeCode.P_DROP, planned.id(), planned.words(), null);
      case SECONDARY -> add(ChangeCode.S_DROP, planned.id(), planned.words(), null);
      case OTHER -> {}
    }
  }

  private void added(Outcome later) {
    switch (later.level()) {
      case PRIMARY -> add(ChangeCode.P_ADD, later.id(), null, later.words());
      case SECONDARY -> add(ChangeCode.S_ADD, later.id(), null, later.words());
      case OTHER -> {}
    }
  }

  /// One out, one in: said in addition to the drop and the addition, which stay countable.
  private void swap() {
    List<Change> drops = with(ChangeCode.P_DROP);
    List<Change> adds = with(ChangeCode.P_ADD);
    if (drops.size() == 1 && adds.size() == 1) {
      Change drop = drops.getFirst();
      add(ChangeCode.P_SWAP, drop.elementId(), drop.before(), adds.getFirst().after());
    }
  }

  private List<Change> with(ChangeCode code) {
    return changes.stream().filter(change -> change.code() == code).toList();
  }

  private void parts(Outcome planned, Outcome later, boolean reported) {
    String id = planned.id();
    part(ChangeCode.P_MEASURE, id, planned.measure(), later.measure());
    // Result records have no field for these two, so their absence there says nothing.
    if (!reported || later.metric() != null) {
      part(ChangeCode.P_METRIC, id, planned.metric(), later.metric());
    }
    if (!reported || later.aggregation() != null) {
      part(ChangeCode.P_AGGREGATION, id, planned.aggregation(), later.aggregation());
    }
    timeFrame(id, planned.timeFrame(), later.timeFrame());
  }

  private void part(ChangeCode code, String id, @Nullable String before, @Nullable String after) {
    Wording.change(code, before, after).ifPresent(found -> add(found, id, before, after));
  }

  private void timeFrame(String id, @Nullable String before, @Nullable String after) {
    Wording.timeChange(before, after).ifPresent(found -> add(found, id, before, after));
  }

  private void plannedSize(@Nullable Long before, @Nullable Long after) {
    if (before != null && after != null) {
      long difference = Math.abs(after - before);
      if (difference * 1000 > before * thresholds.sampleSizeChange()) {
        add(ChangeCode.SAMPLE_SIZE, Change.SAMPLE_SIZE, before.toString(), after.toString());
      }
    }
  }

  private void enrolled(@Nullable Long planned, @Nullable Long enrolled) {
    if (planned != null && enrolled != null) {
      boolean tooFew = enrolled * 1000 < planned * thresholds.enrolledMin();
      boolean tooMany = enrolled * 1000 > planned * thresholds.enrolledMax();
      if (tooFew || tooMany) {
        add(ChangeCode.SAMPLE_SIZE, Change.SAMPLE_SIZE, planned.toString(), enrolled.toString());
      }
    }
  }

  /// Only a day that had happened can be tampered with; plans and months move for good reasons.
  private void startDate(
      @Nullable TrialDate before, @Nullable TrialDate after, LocalDate registered) {
    if (before == null || after == null || !before.actual() || !before.date().isDay()) {
      return;
    }
    if (!after.date().equals(before.date())) {
      boolean wasLate = registered.isAfter(before.date().first());
      boolean looksTimely = !registered.isAfter(after.date().first());
      ChangeCode code = wasLate && looksTimely ? ChangeCode.START_FLIP : ChangeCode.DATE_EDIT;
      add(code, Change.START_DATE, before.date().text(), after.date().text());
    }
  }

  private void add(
      ChangeCode code, String elementId, @Nullable String before, @Nullable String after) {
    changes.add(new Change(code, elementId, before, after));
  }
}
