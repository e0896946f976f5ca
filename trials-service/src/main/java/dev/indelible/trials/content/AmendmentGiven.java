package dev.indelible.trials.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An amendment in the names of USDM v4 StudyAmendment.
///
/// @param number the sponsor's number of the amendment
/// @param summary what it does
/// @param primaryReason why
/// @param approvedOn when it was approved
/// @param changes the elements it changes, each with its reason
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AmendmentGiven(
    @Nullable String number,
    @Nullable String summary,
    @Nullable String primaryReason,
    @Nullable String approvedOn,
    List<ChangeGiven> changes) {
  @SuppressWarnings("NullAway") // Jackson passes null for an absent list.
  public AmendmentGiven {
    changes = changes == null ? List.of() : List.copyOf(changes);
  }

  /// One changed element.
  ///
  /// @param elementId an outcome's id, `sampleSize` or `startDate`
  /// @param rationale why
  public record ChangeGiven(@Nullable String elementId, @Nullable String rationale) {}
}
