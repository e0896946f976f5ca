package dev.indelible.kit.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a machine must have been granted for one interaction with one type of resource: a scope of
/// level `system` (SMART App Launch 2.2, "Scopes for requesting FHIR resources").
///
/// @param resource the FHIR type
/// @param interaction one of `c`reate, `r`ead, `u`pdate, `d`elete, `s`earch
public record SystemScope(String resource, char interaction) {
  /// The interactions stand in this order, each at most once.
  private static final Pattern GRANTED = Pattern.compile("system/(\\*|[A-Za-z]+)\\.(c?r?u?d?s?)");

  /// Whether a scope of a token includes it.
  boolean isIn(String granted) {
    Matcher scope = GRANTED.matcher(granted);
    return scope.matches()
        && (scope.group(1).equals("*") || scope.group(1).equals(resource))
        && scope.group(2).indexOf(interaction) >= 0;
  }

  /// As one asks for it.
  @Override
  public String toString() {
    return "system/" + resource + "." + interaction;
  }
}
