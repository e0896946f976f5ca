package dev.indelible.trials.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An amendment as it is submitted: what it is, and the whole protocol as it reads from now on.
///
/// @param amends number of the version that it amends, which has to be the newest
/// @param number the sponsor's number of the amendment
/// @param summary what it does
/// @param primaryReason why
/// @param approvedOn the day it was approved
/// @param changes the elements it changes, each with its reason
/// @param protocol the new content; registry ids may be left out and are never taken away
public record AmendmentSubmission(
    @Nullable Long amends,
    @Nullable String number,
    @Nullable String summary,
    @Nullable String primaryReason,
    @Nullable String approvedOn,
    List<AmendmentGiven.ChangeGiven> changes,
    @Nullable ProtocolContent protocol) {
  @SuppressWarnings("NullAway") // Jackson passes null for an absent list.
  public AmendmentSubmission {
    changes = changes == null ? List.of() : List.copyOf(changes);
  }

  /// The amendment without the protocol.
  public AmendmentGiven amendment() {
    return new AmendmentGiven(number, summary, primaryReason, approvedOn, changes);
  }
}
