package dev.indelible.claims.consent;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a patient sends: the JSON body of `POST /v1/me/grants`.
///
/// @param membership id of the membership whose claims it is about
/// @param recipient alias of the organisation that it is for
/// @param purpose code of HL7 v3 PurposeOfUse
/// @param type `permit`, which is what absence means, or `deny`
/// @param from when it begins; now when absent
/// @param until when it ends, itself not included
/// @param records when the claims were submitted that it is about; all of them when absent
public record GrantRequest(
    @Nullable UUID membership,
    @Nullable String recipient,
    @Nullable String purpose,
    @Nullable String type,
    @Nullable String from,
    @Nullable String until,
    @Nullable Records records) {

  /// Claims by when they were submitted.
  ///
  /// @param from the first moment
  /// @param until the first moment after
  public record Records(@Nullable String from, @Nullable String until) {}
}
