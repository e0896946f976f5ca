package dev.indelible.local.demo;

import java.io.PrintStream;

/// Prints the play; colours and marks only where a person looks.
///
/// @param colours whether the reader is a terminal that wants them
record Narrator(PrintStream out, boolean colours) {
  void act(int number, String title) {
    out.println();
    out.println(colour("1", "Act " + number + "  " + title));
  }

  void line(String text) {
    out.println("  " + text);
  }

  /// What the system caught.
  void caught(String text) {
    out.println("    " + colour("31", "✖ " + text));
  }

  void holds(String text) {
    out.println("    " + colour("32", "✔ " + text));
  }

  private String colour(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
