package dev.indelible.trials.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The rule set that the service ships.
final class Rules {
  private Rules() {}

  static RuleSet published() {
    try (InputStream file = Rules.class.getResourceAsStream("/rules/outcome-severity-v1.json")) {
      return RuleSet.parse(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
