package dev.indelible.trials.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.trials.outcome.ChangeCode;
import dev.indelible.trials.outcome.Declaration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A report as others see it.
///
/// @param id the report's own id
/// @param protocolId the protocol it is about
/// @param subject what was judged
/// @param baseline what it was held against
/// @param ruleSet SHA-256 of the rules
/// @param madeAt when, UTC
/// @param anchor how far it has come
/// @param findings in a fixed order; none means that nothing differs
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportView(
    UUID id,
    UUID protocolId,
    Subject subject,
    Baseline baseline,
    String ruleSet,
    String madeAt,
    AnchorState anchor,
    List<Item> findings) {

  /// An amendment (the version it made) or a result set.
  public record Subject(String kind, UUID id) {}

  /// The version that was frozen, and whether it was there in time.
  public record Baseline(UUID versionId, String state) {}

  /// One finding.
  ///
  /// @param words the finding in plain words
  /// @param elementId the outcome
  /// @param declaration `DECLARED` or `SILENT`
  /// @param declarationWords the same in plain words
  /// @param phase W0 to W3, or a range when the dates do not tell
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      String code,
      String words,
      String elementId,
      String declaration,
      String declarationWords,
      @Nullable UUID declaredBy,
      String phase,
      String severity,
      String rule,
      @Nullable String before,
      @Nullable String after) {}

  static ReportView of(ReportRows rows, AnchorState anchor) {
    FindingReport report = rows.report();
    return new ReportView(
        report.id,
        report.protocolId,
        new Subject(report.subjectKind, report.subjectId),
        new Baseline(report.baselineVersionId, report.baselineState),
        report.ruleSetSha256,
        report.madeAt,
        anchor,
        rows.findings().stream().map(ReportView::item).toList());
  }

  private static Item item(FindingRow row) {
    return new Item(
        row.code,
        words(ChangeCode.values(), row.code, ChangeCode::words),
        row.elementId,
        row.declaration,
        words(Declaration.values(), row.declaration, Declaration::words),
        row.declaredBy,
        row.phase,
        row.severity,
        row.rule,
        row.beforeText,
        row.afterText);
  }

  /// What was written into the column later may be no name at all; it is shown as it is.
  private static <E extends Enum<E>> String words(
      E[] values, String name, java.util.function.Function<E, String> words) {
    return Stream.of(values)
        .filter(value -> Objects.equals(value.name(), name))
        .map(words)
        .findFirst()
        .orElse(name);
  }
}
