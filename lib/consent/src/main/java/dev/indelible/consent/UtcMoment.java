package dev.indelible.consent;

import java.util.regex.Pattern;

/// A moment in UTC, in the one spelling in which the order of texts is the order of time: neither
/// calendar nor time zone is needed to compare two.
///
/// @param text RFC 3339 with six digits of a second, such as `2026-03-14T09:30:00.000000Z`
public record UtcMoment(String text) implements Comparable<UtcMoment> {
  private static final Pattern FORM =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z");

  /// Checks the spelling.
  ///
  /// @throws IllegalArgumentException when it is another
  public UtcMoment {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a moment in UTC with six digits of a second");
    }
  }

  @Override
  public int compareTo(UtcMoment other) {
    return text.compareTo(other.text);
  }
}
