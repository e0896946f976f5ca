package dev.indelible.claims.access;

import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import java.util.Arrays;

/// What somebody needs a claim for: codes of HL7's value set PurposeOfUse
/// (http://terminology.hl7.org/ValueSet/v3-PurposeOfUse), those of them that an insurer or its
/// overseer can have.
public enum Purpose {
  /// Payment for care.
  HPAYMT,
  /// Whether and how far a plan covers somebody.
  COVERAGE,
  /// Operations of the insurer.
  HOPERAT,
  /// Detecting fraud.
  FRAUD,
  /// Meeting a mandate of law or oversight.
  HCOMPL,
  /// Legal proceedings.
  HLEGAL,
  /// Improving quality.
  HQUALIMP,
  /// The patient asked for it.
  PATRQT,
  /// Treatment in an emergency.
  ETREAT;

  /// Reads a code.
  ///
  /// @throws Rejection (400) when it is none of these
  public static Purpose of(String code) {
    return Arrays.stream(values())
        .filter(purpose -> purpose.name().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                Rejection.of(
                    AccessProblem.INVALID_PURPOSE,
                    "Say one of " + Arrays.toString(values()) + "."));
  }

  /// What a role needs claims for, when it does not say.
  static Purpose usual(String role) {
    return switch (role) {
      case Roles.ADJUDICATOR -> HPAYMT;
      case Roles.AUDITOR -> HCOMPL;
      case Roles.PATIENT -> PATRQT;
      default -> HOPERAT;
    };
  }
}
