package dev.indelible.witness.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Texts for a terminal. They quote what others serve, and nobody must be able to write "MATCHES"
/// over our lines by moving the cursor.
public final class Printable {
  private Printable() {}

  /// The text without control characters.
  public static String of(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", "\ufffd");
  }

  /// Standard output; marks are not in every platform's default charset, but UTF-8 terminals are
  /// the rule.
  public static PrintStream out() {
    return stream(FileDescriptor.out);
  }

  /// Standard error.
  public static PrintStream err() {
    return stream(FileDescriptor.err);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
