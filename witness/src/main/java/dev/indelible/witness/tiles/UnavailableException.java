package dev.indelible.witness.tiles;

import java.io.IOException;

/// Something that a log should serve could not be had. Says nothing about the log's honesty.
public final class UnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  private final String place;
  private final boolean absent;

  /// Says what, and why not.
  ///
  /// @param absent whether the server said that there is no such thing
  public UnavailableException(String place, String reason, boolean absent) {
    super(reason);
    this.place = place;
    this.absent = absent;
  }

  /// What it was.
  public String place() {
    return place;
  }

  /// Whether the server said that there is no such thing.
  public boolean isAbsent() {
    return absent;
  }

  /// As something to report.
  public Finding finding() {
    return Finding.unchecked(place, String.valueOf(getMessage()));
  }
}
