package dev.indelible.e2e.crash;

/// Where a process dies: on entering or on leaving a method, the n-th time it happens.
///
/// @param className binary name of the class, with dots
/// @param method method name; every overload counts
/// @param edge before the method's first or after its last instruction
/// @param count which time, from 1
public record CrashPoint(String className, String method, Edge edge, int count) {
  /// Side of a method.
  public enum Edge {
    /// Before anything in the method has happened.
    ENTRY,
    /// After everything in the method has happened, before the caller knows.
    EXIT
  }

  /// Reads `class#method:ENTRY|EXIT:count`, the form in which the agent gets it.
  ///
  /// @throws IllegalArgumentException when the text is anything else
  public static CrashPoint parse(String text) {
    String[] parts = text.split("[#:]");
    if (parts.length != 4) {
      throw new IllegalArgumentException("a crash point is class#method:EDGE:count, not " + text);
    }
    return new CrashPoint(parts[0], parts[1], Edge.valueOf(parts[2]), Integer.parseInt(parts[3]));
  }

  @Override
  public String toString() {
    return className + "#" + method + ":" + edge + ":" + count;
  }
}
