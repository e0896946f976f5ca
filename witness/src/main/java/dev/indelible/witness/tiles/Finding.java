package dev.indelible.witness.tiles;

/// Something about a log that is not as it should be, with the name of the thing it is about.
///
/// @param kind how bad
/// @param place `checkpoint`, a tile's or bundle's path, or `entry` and its index
/// @param message what was expected and what was found
public record Finding(Kind kind, String place, String message) {
  /// What a finding says about the log.
  public enum Kind {
    /// It contradicts what the log has signed.
    WRONG,
    /// It could not be read or judged; that says nothing about the log.
    UNCHECKED
  }

  /// Something that contradicts what was signed.
  public static Finding wrong(String place, String message) {
    return new Finding(Kind.WRONG, place, message);
  }

  /// Something that could not be judged.
  public static Finding unchecked(String place, String message) {
    return new Finding(Kind.UNCHECKED, place, message);
  }

  @Override
  public String toString() {
    return place + ": " + message;
  }
}
