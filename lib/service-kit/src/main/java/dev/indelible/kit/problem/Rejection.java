package dev.indelible.kit.problem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An expected refusal. Thrown at the first broken rule, it rolls the transaction back and is
/// mapped to a problem in one place.
public final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final int MOST_VIOLATIONS = 100;
  private static final int LONGEST_TEXT = 1_000;

  private final transient ProblemType type;
  private final String detail;
  private final transient List<Violation> violations;
  private final transient Map<String, Object> members;

  private Rejection(
      ProblemType type, String detail, List<Violation> violations, Map<String, Object> members) {
    // A refusal is an answer, not a fault: nobody reads its stack.
    super(type.code() + ": " + detail, null, false, false);
    this.type = type;
    this.detail = brief(detail);
    this.violations =
        violations.stream()
            .limit(MOST_VIOLATIONS)
            .map(violation -> new Violation(brief(violation.field()), violation.message()))
            .toList();
    this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /// Names in a refusal are the caller's own, who may make them as long as a body.
  private static String brief(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }

  /// A refusal.
  ///
  /// @param detail what is wrong with this very request, for the caller to read
  public static Rejection of(ProblemType type, String detail) {
    return new Rejection(type, detail, List.of(), Map.of());
  }

  /// The one answer for "absent" and for "another organisation's", which must look the same.
  public static Rejection notFound() {
    return of(CommonProblem.NOT_FOUND, "No such resource, or none that this token may see.");
  }

  /// The same refusal with these elements named, after those named before.
  public Rejection violations(List<Violation> more) {
    List<Violation> all = new ArrayList<>(violations);
    all.addAll(more);
    return new Rejection(type, detail, all, members);
  }

  /// The same refusal with one more extension member (RFC 9457 §3.2).
  ///
  /// @param value anything that JSON can say
  public Rejection with(String member, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.put(member, value);
    return new Rejection(type, detail, violations, all);
  }

  /// The kind.
  public ProblemType type() {
    return type;
  }

  /// What is wrong with this very request.
  public String detail() {
    return detail;
  }

  /// The elements that are wrong, a hundred at most; may be empty.
  public List<Violation> violations() {
    return violations;
  }

  /// Extension members.
  public Map<String, Object> members() {
    return members;
  }
}
