package dev.indelible.trials.ctgov;

import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolContent.Count;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.content.ProtocolContent.OutcomeGiven;
import dev.indelible.trials.content.ProtocolContent.RegistryId;
import dev.indelible.trials.content.RegistrySystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The protocol in a ClinicalTrials.gov study record (API v2, `protocolSection`). Outcomes have no
/// ids there; they get `primary-1`, `secondary-1`, `other-1` and so on, in the record's order.
final class StudyRecord {
  private final SourceMap sources = new SourceMap();
  private final RecordObject identification;
  private final RecordObject status;
  private final RecordObject design;
  private final RecordObject outcomes;
  private final RecordObject sponsors;

  private StudyRecord(RecordObject study) {
    RecordObject protocol = study.object("protocolSection");
    identification = protocol.object("identificationModule");
    status = protocol.object("statusModule");
    design = protocol.object("designModule");
    outcomes = protocol.object("outcomesModule");
    sponsors = protocol.object("sponsorCollaboratorsModule");
  }

  static StudyRecord of(RecordObject study) {
    return new StudyRecord(study);
  }

  SourceMap sources() {
    return sources;
  }

  ProtocolContent content() {
    RecordObject lead = sponsors.object("leadSponsor");
    return new ProtocolContent(
        registryIds(),
        text("/sponsorProtocolNumber", identification.object("orgStudyIdInfo"), "id"),
        text("/publicTitle", identification, "briefTitle"),
        text("/scientificTitle", identification, "officialTitle"),
        text("/sponsorName", lead, "name"),
        text("/studyType", design, "studyType"),
        phase(),
        date("/startDate", "startDateStruct"),
        date("/primaryCompletionDate", "primaryCompletionDateStruct"),
        date("/completionDate", "completionDateStruct"),
        enrolment(),
        outcomes());
  }

  private @Nullable String text(String ours, RecordObject object, String name) {
    sources.put(ours, object.at(name));
    return object.text(name);
  }

  /// The record's own id, and those secondary ids that a registry we know has given.
  private List<RegistryId> registryIds() {
    sources.put("/registryIds", identification.at("nctId"));
    sources.put("/registryIds/0", identification.at("nctId"));
    List<RegistryId> ids = new ArrayList<>();
    String nct = identification.text("nctId");
    if (nct == null) {
      return ids;
    }
    ids.add(new RegistryId(RegistrySystem.NCT.name(), nct));
    for (RecordObject secondary : identification.objects("secondaryIdInfos")) {
      secondary(secondary).filter(id -> !ids.contains(id)).ifPresent(ids::add);
    }
    return ids;
  }

  /// A grant number may look like anything, so only a text that has a registry's form counts; a
  /// second NCT id names a related trial, not this one.
  private static Optional<RegistryId> secondary(RecordObject secondary) {
    String value = secondary.text("id");
    if (value == null) {
      return Optional.empty();
    }
    for (RegistrySystem system : RegistrySystem.values()) {
      if (system != RegistrySystem.NCT && system.normalise(value).isPresent()) {
        return Optional.of(new RegistryId(system.name(), value));
      }
    }
    return Optional.empty();
  }

  private @Nullable String phase() {
    sources.put("/phase", design.at("phases"));
    List<String> phases = design.texts("phases");
    return phases.isEmpty() ? null : String.join("/", phases);
  }

  private @Nullable DateGiven date(String ours, String name) {
    RecordObject struct = status.object(name);
    sources.put(ours, struct.pointer());
    String date = struct.text("date");
    return date == null ? null : new DateGiven(date, struct.text("type"));
  }

  private @Nullable Count enrolment() {
    RecordObject info = design.object("enrollmentInfo");
    sources.put("/sampleSize", info.pointer());
    Long count = info.integer("count");
    return count == null ? null : new Count(count, info.text("type"));
  }

  private List<OutcomeGiven> outcomes() {
    sources.put("/outcomes", outcomes.at("primaryOutcomes"));
    List<OutcomeGiven> all = new ArrayList<>();
    add(all, "primary", "primaryOutcomes");
    add(all, "secondary", "secondaryOutcomes");
    add(all, "other", "otherOutcomes");
    return all;
  }

  private void add(List<OutcomeGiven> all, String level, String list) {
    int number = 0;
    for (RecordObject outcome : outcomes.objects(list)) {
      number++;
      sources.put("/outcomes/" + all.size(), outcome.pointer());
      all.add(
          new OutcomeGiven(
              level + "-" + number,
              level,
              outcome.text("measure"),
              null,
              null,
              outcome.text("timeFrame"),
              outcome.text("description")));
    }
  }
}
