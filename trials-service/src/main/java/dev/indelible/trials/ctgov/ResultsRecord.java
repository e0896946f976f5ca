package dev.indelible.trials.ctgov;

import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.content.ResultContent;
import dev.indelible.trials.content.ResultContent.ReportedGiven;
import dev.indelible.trials.date.TrialDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The results in a ClinicalTrials.gov study record (API v2, `resultsSection`). They carry no ids:
/// which outcome is which is for the comparison to find out.
final class ResultsRecord {
  private static final Map<String, String> LEVELS =
      Map.of(
          "PRIMARY", "primary",
          "SECONDARY", "secondary",
          "OTHER_PRE_SPECIFIED", "other",
          "POST_HOC", "other");

  private final SourceMap sources = new SourceMap();
  private final RecordObject status;
  private final RecordObject enrolment;
  private final RecordObject measures;

  private ResultsRecord(RecordObject study) {
    RecordObject protocol = study.object("protocolSection");
    status = protocol.object("statusModule");
    enrolment = protocol.object("designModule").object("enrollmentInfo");
    measures = study.object("resultsSection").object("outcomeMeasuresModule");
  }

  static ResultsRecord of(RecordObject study) {
    return new ResultsRecord(study);
  }

  SourceMap sources() {
    return sources;
  }

  /// The results.
  ///
  /// @param protocolVersion id of the version they cite
  /// @param correctionReason why they correct earlier ones
  ResultContent content(@Nullable String protocolVersion, @Nullable String correctionReason) {
    sources.put("/outcomes", measures.at("outcomeMeasures"));
    boolean counted = TrialDate.ACTUAL.equals(enrolment.text("type"));
    List<ReportedGiven> outcomes = new ArrayList<>();
    for (RecordObject measure : measures.objects("outcomeMeasures")) {
      sources.put("/outcomes/" + outcomes.size(), measure.pointer());
      outcomes.add(outcome(measure));
    }
    return new ResultContent(
        protocolVersion,
        correctionReason,
        actual("/startDate", "startDateStruct"),
        actual("/primaryCompletionDate", "primaryCompletionDateStruct"),
        counted ? enrolment.integer("count") : null,
        outcomes);
  }

  private @Nullable DateGiven actual(String ours, String name) {
    RecordObject struct = status.object(name);
    sources.put(ours, struct.pointer());
    String date = struct.text("date");
    boolean happened = TrialDate.ACTUAL.equals(struct.text("type"));
    return date != null && happened ? new DateGiven(date, TrialDate.ACTUAL) : null;
  }

  private static ReportedGiven outcome(RecordObject measure) {
    String type = Objects.requireNonNullElse(measure.text("type"), "");
    String values = values(measure);
    return new ReportedGiven(
        null,
        LEVELS.getOrDefault(type, type),
        measure.text("title"),
        null,
        null,
        measure.text("timeFrame"),
        measure.text("description"),
        measure.text("unitOfMeasure"),
        values.isEmpty() ? null : values);
  }

  /// One line for each value: group, class, category, value, spread, limits.
  private static String values(RecordObject measure) {
    Map<String, String> groups = new HashMap<>();
    for (RecordObject group : measure.objects("groups")) {
      groups.put(text(group, "id"), text(group, "title"));
    }
    StringJoiner lines = new StringJoiner("\n");
    for (RecordObject part : measure.objects("classes")) {
      for (RecordObject category : part.objects("categories")) {
        String where = text(part, "title") + " | " + text(category, "title");
        for (RecordObject value : category.objects("measurements")) {
          lines.add(groups.getOrDefault(text(value, "groupId"), "") + " | " + where + value(value));
        }
      }
    }
    return lines.toString();
  }

  private static String value(RecordObject value) {
    StringJoiner cells = new StringJoiner(" | ", " | ", "");
    for (String name : List.of("value", "spread", "lowerLimit", "upperLimit", "comment")) {
      cells.add(text(value, name));
    }
    return cells.toString();
  }

  private static String text(RecordObject object, String name) {
    return Objects.requireNonNullElse(object.text(name), "");
  }
}
