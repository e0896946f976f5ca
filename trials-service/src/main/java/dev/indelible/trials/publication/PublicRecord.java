package dev.indelible.trials.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.trials.content.ProtocolContent.DateGiven;
import dev.indelible.trials.content.ProtocolContent.OutcomeGiven;
import dev.indelible.trials.content.ProtocolContent.RegistryId;
import dev.indelible.trials.finding.ReportView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the public may see of a registered trial: registration is public by nature (ICMJE, WHO),
/// persons and results are not in it.
///
/// @param registryIds under which the trial is known
/// @param publicTitle title for everybody
/// @param sponsorName who is responsible
/// @param versions all versions, oldest first
/// @param results when results were submitted
/// @param findings what was found about amendments and results
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublicRecord(
    List<RegistryId> registryIds,
    @Nullable String publicTitle,
    @Nullable String sponsorName,
    List<Version> versions,
    List<Results> results,
    List<ReportView> findings) {

  /// One version.
  ///
  /// @param id what results cite
  /// @param receivedAt when it came, UTC
  /// @param entry base64 of the entry's leaf hash, once it is in the log
  /// @param anchor how far it has come
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Version(
      UUID id,
      long number,
      String receivedAt,
      @Nullable DateGiven startDate,
      List<OutcomeGiven> outcomes,
      @Nullable String entry,
      AnchorState anchor) {}

  /// One result set.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Results(
      UUID id,
      @Nullable String cites,
      String receivedAt,
      @Nullable String entry,
      AnchorState anchor) {}
}
