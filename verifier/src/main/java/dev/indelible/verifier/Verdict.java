package dev.indelible.verifier;

import java.util.List;
import java.util.Optional;

/// What the checks together say. Three outcomes and never two: that something could not be checked
/// must look neither like a success nor like a forgery.
public sealed interface Verdict {
  /// The words that people, scripts and the other two verifiers see.
  String words();

  /// The exit code of the command.
  int exitCode();

  /// Every check holds.
  record Matches() implements Verdict {
    @Override
    public String words() {
      return "MATCHES";
    }

    @Override
    public int exitCode() {
      return 0;
    }
  }

  /// Something that could be checked is wrong.
  ///
  /// @param finding the first thing that is wrong
  record Contradicted(Finding finding) implements Verdict {
    @Override
    public String words() {
      return "CONTRADICTED";
    }

    @Override
    public int exitCode() {
      return 1;
    }
  }

  /// Nothing is wrong, but not everything could be checked.
  ///
  /// @param finding the first thing that stood in the way
  record CouldNotBeChecked(Finding finding) implements Verdict {
    @Override
    public String words() {
      return "COULD NOT BE CHECKED";
    }

    @Override
    public int exitCode() {
      return 3;
    }
  }

  /// The verdict over some checks: a contradiction outweighs a gap, a gap outweighs agreement.
  static Verdict of(List<Check> checks) {
    return first(checks, Check.State.WRONG)
        .<Verdict>map(Contradicted::new)
        .or(() -> first(checks, Check.State.UNCHECKED).map(CouldNotBeChecked::new))
        .orElseGet(Matches::new);
  }

  private static Optional<Finding> first(List<Check> checks, Check.State state) {
    return checks.stream()
        .filter(check -> check.state() == state)
        .flatMap(check -> check.finding().stream())
        .findFirst();
  }
}
