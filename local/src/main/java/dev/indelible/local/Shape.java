package dev.indelible.local;

import java.util.HashMap;
import java.util.Map;

/// How many processes of each kind a stack has, and what all its services are told on top.
///
/// @param settings environment variables
public record Shape(
    int ledgers, int claims, int trials, int witnesses, Map<String, String> settings) {

  /// One of each service and three witnesses.
  public static final Shape STANDARD = new Shape(1, 1, 1, 3, Map.of());

  /// PostgreSQL and Keycloak alone.
  public static final Shape PLATFORM = new Shape(0, 0, 0, 0, Map.of());

  public Shape {
    settings = Map.copyOf(settings);
  }

  public Shape withLedgers(int count) {
    return new Shape(count, claims, trials, witnesses, settings);
  }

  public Shape withClaims(int count) {
    return new Shape(ledgers, count, trials, witnesses, settings);
  }

  public Shape withTrials(int count) {
    return new Shape(ledgers, claims, count, witnesses, settings);
  }

  public Shape with(String variable, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(variable, value);
    return new Shape(ledgers, claims, trials, witnesses, more);
  }
}
