package dev.indelible.kit.problem;

import java.util.Optional;

/// One kind of refusal of a closed list. Each service lists its own as an enum; the code is the
/// stable name that clients act on.
public interface ProblemType {
  /// Lower-case words joined by hyphens; the last segment of the problem's type address.
  String code();

  /// HTTP status.
  int status();

  /// What this kind of problem is called, the same for every occurrence (RFC 9457 §3.1.3).
  String title();

  /// What the answer asks of the caller (RFC 9110 §11.6.1), where this kind has words of its own.
  default Optional<String> challenge() {
    return Optional.empty();
  }
}
