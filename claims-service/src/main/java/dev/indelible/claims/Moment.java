package dev.indelible.claims;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// How moments are written in columns: UTC, always with six digits of a second, so that the order
/// of the texts is the order of time.
public final class Moment {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Moment() {}

  /// The moment as text.
  public static String text(Instant instant) {
    return MICROS.format(instant);
  }
}
