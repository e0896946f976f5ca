package dev.indelible.transparency.note;

import java.util.ArrayList;
import java.util.List;

/// A text and the signatures below it (C2SP signed-note v1.0.0).
///
/// @param text the signed text; ends with a line feed
/// @param signatures at least one
public record SignedNote(String text, List<NoteSignature> signatures) {
  /// Signature lines accepted; the specification asks for at least 16.
  public static final int MAX_SIGNATURES = 100;

  public SignedNote {
    if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new IllegalArgumentException(
          "a note's text ends with a line feed and has no control characters");
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
    }
    signatures = List.copyOf(signatures);
  }

  /// Reads a note.
  ///
  /// @throws IllegalArgumentException when it is not a well-formed note
  public static SignedNote parse(String note) {
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException("a note has a blank line before its signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : note.substring(split + 2).split("\n", -1)) {
      if (!line.isEmpty()) {
        signatures.add(parseLine(line));
      }
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  private static NoteSignature parseLine(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[0].equals("—")) {
      throw new IllegalArgumentException("not a signature line: " + line);
    }
    VerifierKey.requireName(parts[1]);
    return new NoteSignature(parts[1], parts[2]);
  }

  /// The same text with one more signature.
  public SignedNote with(List<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    all.addAll(more);
    return new SignedNote(text, all);
  }

  /// The note in its wire form.
  public String print() {
    StringBuilder out = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> out.append(signature.line()));
    return out.toString();
  }
}
