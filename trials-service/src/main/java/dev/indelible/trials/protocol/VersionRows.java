package dev.indelible.trials.protocol;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.trials.content.AmendmentGiven;
import dev.indelible.trials.content.AmendmentGiven.ChangeGiven;
import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolContent.Count;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.statement.RowFields;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A protocol version with the rows that belong to it: what one statement is made of.
record VersionRows(ProtocolVersion version, List<VersionPart> parts) {
  /// One type for the first version and the later ones: which it is, the fields say.
  static final String TYPE = "protocol.version/v1";

  VersionRows {
    parts =
        parts.stream()
            .sorted(
                Comparator.comparing(VersionPart::member)
                    .thenComparingLong(VersionPart::position)
                    .thenComparing(part -> part.id))
            .toList();
  }

  /// The one function that makes the statement, at submission and in the audit.
  TracedStatement statement() {
    TracedStatement.Builder builder = TracedStatement.builder(TYPE);
    version.putInto(RowFields.of(builder, ProtocolVersion.TABLE, version.id));
    putInto(builder, parts);
    return builder.build();
  }

  /// Each part is a member of its list; its index is its rank and not its position, which is a
  /// field of its own, so that an edited position is one difference and not a moved list.
  static void putInto(TracedStatement.Builder builder, List<VersionPart> parts) {
    String member = "";
    int rank = 0;
    for (VersionPart part : parts) {
      rank = part.member().equals(member) ? rank + 1 : 0;
      member = part.member();
      String prefix = "/" + member + "/" + rank;
      part.putInto(RowFields.part(builder, prefix, part.table(), part.id));
    }
  }

  LiveStatement live() {
    return new LiveStatement(
        version.id,
        ProtocolVersion.TABLE,
        version.id.toString(),
        version.organisation,
        version.protocolId,
        statement());
  }

  VersionView view(List<ProtocolContent.RegistryId> registryIds) {
    return new VersionView(
        version.id,
        version.protocolId,
        version.organisation,
        version.number,
        version.previousVersionId,
        version.source,
        version.receivedAt,
        amendment(),
        content(registryIds));
  }

  private ProtocolContent content(List<ProtocolContent.RegistryId> registryIds) {
    Long size = version.sampleSize;
    return new ProtocolContent(
        registryIds,
        version.sponsorProtocolNumber,
        version.publicTitle,
        version.scientificTitle,
        version.sponsorName,
        version.studyType,
        version.phase,
        date(version.startDate, version.startDateType),
        date(version.primaryCompletionDate, version.primaryCompletionDateType),
        date(version.completionDate, version.completionDateType),
        size == null ? null : new Count(size, version.sampleSizeType),
        parts(PlannedOutcome.class).map(PlannedOutcome::given).toList());
  }

  private static @Nullable DateGiven date(@Nullable String date, @Nullable String type) {
    return date == null ? null : new DateGiven(date, type);
  }

  private @Nullable AmendmentGiven amendment() {
    List<ChangeGiven> changes =
        parts(AmendmentChange.class)
            .map(change -> new ChangeGiven(change.elementId, change.rationale))
            .toList();
    return parts(Amendment.class)
        .findFirst()
        .map(a -> new AmendmentGiven(a.number, a.summary, a.primaryReason, a.approvedOn, changes))
        .orElse(null);
  }

  <T extends VersionPart> Stream<T> parts(Class<T> type) {
    return parts.stream().filter(type::isInstance).map(type::cast);
  }
}
