package dev.indelible.kit.audit;

import java.util.List;

/// What an audit found.
///
/// @param service the service that was audited
/// @param verdict the whole in one word
/// @param checked how much was compared
/// @param differences everything that differs
/// @param unchecked what could not be compared, and why
public record AuditReport(
    String service,
    Verdict verdict,
    Checked checked,
    List<Difference> differences,
    List<String> unchecked) {
  public AuditReport {
    differences = List.copyOf(differences);
    unchecked = List.copyOf(unchecked);
  }

  /// The report whose verdict follows from what was found: a difference outweighs a gap.
  public static AuditReport of(
      String service, Checked checked, List<Difference> differences, List<String> unchecked) {
    Verdict verdict =
        !differences.isEmpty()
            ? Verdict.CONTRADICTED
            : unchecked.isEmpty() ? Verdict.MATCHES : Verdict.COULD_NOT_BE_CHECKED;
    return new AuditReport(service, verdict, checked, differences, unchecked);
  }
}
