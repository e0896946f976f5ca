package dev.indelible.consent;

import java.util.List;

/// What the evaluator says.
public sealed interface Decision {
  /// Ids of the provisions that made it, in order.
  List<String> provisions();

  /// Access is given.
  ///
  /// @param provisions at least one, each of which would do
  record Permit(List<String> provisions) implements Decision {
    /// Takes a copy.
    public Permit {
      provisions = List.copyOf(provisions);
    }
  }

  /// Access is not given.
  record Deny(Reason reason, List<String> provisions) implements Decision {
    /// Takes a copy.
    public Deny {
      provisions = List.copyOf(provisions);
    }
  }

  /// Why not.
  enum Reason {
    /// The rules let no grant open this.
    NOT_FORESEEN("not-foreseen"),
    /// The patient forbids it.
    FORBIDDEN("forbidden"),
    /// Nothing is in force that allows it.
    NO_GRANT("no-grant");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /// The code in documents.
    public String code() {
      return code;
    }
  }

  /// Whether access is given.
  default boolean isPermit() {
    return this instanceof Permit;
  }
}
