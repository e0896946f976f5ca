package dev.indelible.witness;

import dev.indelible.transparency.note.NoteSignature;
import java.util.List;
import java.util.stream.Collectors;

/// What a witness says to a request; the statuses are those of C2SP tlog-witness.
sealed interface Answer {

  int status();

  String body();

  default String contentType() {
    return "text/plain; charset=utf-8";
  }

  /// Seen, consistent, remembered and signed.
  ///
  /// @param lines one for each of our keys
  record Cosigned(List<NoteSignature> lines) implements Answer {
    public Cosigned {
      lines = List.copyOf(lines);
    }

    @Override
    public int status() {
      return 200;
    }

    // SPEC: "a sequence of one or more note signature lines, each starting with the — character
    // (U+2014) and ending with a newline character (U+000A)."
    @Override
    public String body() {
      return lines.stream().map(NoteSignature::line).collect(Collectors.joining());
    }
  }

  /// Something to read.
  record Text(String body) implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /// The log remembers another size than we do; the body says ours, so that it can try again.
  record Conflict(long size) implements Answer {
    @Override
    public int status() {
      return 409;
    }

    // SPEC: "The response body MUST consist of the tree size of the latest cosigned checkpoint in
    // decimal, followed by a newline (U+000A)."
    @Override
    public String body() {
      return size + "\n";
    }

    // SPEC: "The response MUST have a Content-Type of text/x.tlog.size."
    @Override
    public String contentType() {
      return "text/x.tlog.size";
    }
  }

  /// Not granted, for this reason.
  record Refused(int status, String reason) implements Answer {
    @Override
    public String body() {
      return reason + "\n";
    }
  }
}
