package dev.indelible.kit.problem;

/// One kind of refusal of a closed list. Each service lists its own as an enum; the code is the
/// stable name that clients act on.
public interface ProblemType {
  /// Lower-case words joined by hyphens; the last segment of the problem's type address.
  String code();

  /// HTTP status.
  int status();

  /// What this kind of problem is called, the same for every occurrence (RFC 9457 §3.1.3).
  String title();
}
