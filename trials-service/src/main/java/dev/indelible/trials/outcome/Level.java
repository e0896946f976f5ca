package dev.indelible.trials.outcome;

import java.util.Locale;
import java.util.Optional;

/// How much weight a trial puts on an outcome.
public enum Level {
  PRIMARY,
  SECONDARY,
  OTHER;

  /// The spelling in JSON and in the database.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads that spelling.
  public static Optional<Level> find(String text) {
    for (Level level : values()) {
      if (level.text().equals(text)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
