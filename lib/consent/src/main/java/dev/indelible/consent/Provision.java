package dev.indelible.consent;

import java.util.Arrays;
import java.util.Optional;

/// What a patient allows or forbids (FHIR R4 `Consent.provision`).
///
/// @param id of the grant, unique among those that are weighed together
/// @param type whether it allows or forbids (`provision.type`)
/// @param subject whose data it is about
/// @param actor alias of the organisation that it is for (`provision.actor.reference`)
/// @param purpose code of HL7 v3 PurposeOfUse (`provision.purpose`)
/// @param period when it is in force (`provision.period`)
/// @param dataPeriod when the records were made that it is about; all of them when absent
///   (`provision.dataPeriod`)
/// @param revokedAt from when on it is in force no longer
public record Provision(
    String id,
    Type type,
    Subject subject,
    String actor,
    String purpose,
    Interval period,
    Optional<Interval> dataPeriod,
    Optional<UtcMoment> revokedAt) {

  /// FHIR R4 `consent-provision-type`.
  public enum Type {
    /// Allows.
    PERMIT("permit"),
    /// Forbids, whatever else allows it.
    DENY("deny");

    private final String code;

    Type(String code) {
      this.code = code;
    }

    /// The code in documents.
    public String code() {
      return code;
    }

    /// The type of a code.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Type of(String code) {
      return Arrays.stream(values())
          .filter(type -> type.code.equals(code))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("neither permit nor deny"));
    }
  }

  /// Whether it speaks about the request, at this moment.
  boolean applies(Request request, UtcMoment at) {
    return subject.equals(request.subject())
        && actor.equals(request.organisation())
        && purpose.equals(request.purpose())
        && period.contains(at)
        && revokedAt.map(end -> at.compareTo(end) < 0).orElse(true)
        && dataPeriod.map(made -> made.contains(request.recordTime())).orElse(true);
  }
}
