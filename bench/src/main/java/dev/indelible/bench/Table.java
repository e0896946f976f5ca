package dev.indelible.bench;

import java.util.ArrayList;
import java.util.List;

/// Rows of a measurement, each beside the baseline of the same run.
final class Table {
  private final List<String> lines = new ArrayList<>();

  Table(String title) {
    lines.add("");
    lines.add(title);
    lines.add(String.format("  %-44s %14s %14s %8s", "", "per second", "baseline", "ratio"));
  }

  void row(String what, Rate rate, Rate baseline) {
    lines.add(
        String.format(
            "  %-44s %,14.0f %,14.0f %8.3g",
            what, rate.perSecond(), baseline.perSecond(), rate.perSecond() / baseline.perSecond()));
  }

  void note(String text) {
    lines.add("  " + text);
  }

  void print() {
    System.out.println(this);
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
