package dev.indelible.local;

import java.util.HashMap;
import java.util.Map;

/// How many processes of each kind a stack has, and what all its services are told on top.
///
/// @param settings environment variables
/// @param sizing how much each process may take
public record Shape(
    int ledgers,
    int claims,
    int trials,
    int witnesses,
    Map<String, String> settings,
    Sizing sizing) {

  /// One of each service and three witnesses.
  public static final Shape STANDARD = new Shape(1, 1, 1, 3, Map.of(), Sizing.LAPTOP);

  /// PostgreSQL and Keycloak alone.
  public static final Shape PLATFORM = new Shape(0, 0, 0, 0, Map.of(), Sizing.LAPTOP);

  public Shape {
    settings = Map.copyOf(settings);
  }

  public Shape withLedgers(int count) {
    return new Shape(count, claims, trials, witnesses, settings, sizing);
  }

  public Shape withClaims(int count) {
    return new Shape(ledgers, count, trials, witnesses, settings, sizing);
  }

  public Shape withTrials(int count) {
    return new Shape(ledgers, claims, count, witnesses, settings, sizing);
  }

  public Shape sized(Sizing other) {
    return new Shape(ledgers, claims, trials, witnesses, settings, other);
  }

  public Shape with(String variable, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(variable, value);
    return new Shape(ledgers, claims, trials, witnesses, more, sizing);
  }
}
