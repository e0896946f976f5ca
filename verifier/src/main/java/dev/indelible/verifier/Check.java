package dev.indelible.verifier;

import java.util.Optional;

/// One line of the result.
///
/// @param name short name for scripts
/// @param state how it went
/// @param text what was found, in words
/// @param finding why it did not hold; empty when it did, or when nobody asked
record Check(String name, State state, String text, Optional<Finding> finding) {
  enum State {
    /// Holds.
    OK("✔"),
    /// Contradicts the rest of the evidence.
    WRONG("✖"),
    /// Could not be checked.
    UNCHECKED("?"),
    /// Was not asked for.
    SKIPPED("–");

    private final String mark;

    State(String mark) {
      this.mark = mark;
    }

    String mark() {
      return mark;
    }
  }

  static Check ok(String name, String text) {
    return new Check(name, State.OK, text, Optional.empty());
  }

  static Check wrong(String name, String text, Finding finding) {
    return new Check(name, State.WRONG, text, Optional.of(finding));
  }

  static Check unchecked(String name, String text, Finding finding) {
    return new Check(name, State.UNCHECKED, text, Optional.of(finding));
  }

  static Check skipped(String name, String text) {
    return new Check(name, State.SKIPPED, text, Optional.empty());
  }
}
