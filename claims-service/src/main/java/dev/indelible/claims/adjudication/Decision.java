package dev.indelible.claims.adjudication;

import java.util.List;

/// What the insurer decides on a claim.
public sealed interface Decision {
  /// The rule that decided.
  String rule();

  /// Why, for the provider to read.
  String reason();

  /// The word in columns and JSON.
  String outcome();

  /// A decision that accounts for every minor unit that was billed.
  sealed interface Settled extends Decision {
    /// The lines, at least one.
    List<LineDecision> lines();
  }

  /// Allowed as billed.
  record Paid(String rule, String reason, List<LineDecision> lines) implements Settled {
    public Paid {
      lines = List.copyOf(lines);
    }

    @Override
    public String outcome() {
      return "paid";
    }
  }

  /// Allowed in part.
  record Reduced(String rule, String reason, List<LineDecision> lines) implements Settled {
    public Reduced {
      lines = List.copyOf(lines);
    }

    @Override
    public String outcome() {
      return "reduced";
    }
  }

  /// Not covered at all.
  record Denied(String rule, String reason, List<LineDecision> lines) implements Settled {
    public Denied {
      lines = List.copyOf(lines);
    }

    @Override
    public String outcome() {
      return "denied";
    }
  }

  /// Would be settled like this, and will be when a second person approves. Until then the claim is
  /// not decided.
  record Proposed(String rule, String reason, List<LineDecision> lines) implements Settled {
    static final String OUTCOME = "proposed";

    public Proposed {
      lines = List.copyOf(lines);
    }

    @Override
    public String outcome() {
      return OUTCOME;
    }
  }

  /// Left to a person.
  record Pended(String rule, String reason) implements Decision {
    @Override
    public String outcome() {
      return "pended";
    }
  }
}
