package dev.indelible.claims.access;

import dev.indelible.kit.problem.Rejection;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why somebody breaks the glass.
///
/// @param explanation for whoever reviews it
public record Reason(Code code, String explanation) {
  /// One line, and not a document.
  private static final Pattern EXPLANATION = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,500}");

  /// The reasons there are.
  public enum Code {
    /// Fraud is suspected.
    FRAUD_SUSPECTED,
    /// Somebody complained.
    COMPLAINT,
    /// A court or an authority demands it.
    LEGAL_ORDER,
    /// A patient may be in danger.
    PATIENT_SAFETY,
    /// Data may have got into wrong hands.
    SECURITY_INCIDENT;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Reads a reason.
  ///
  /// @throws Rejection (400) when it is none
  public static Reason of(@Nullable String code, @Nullable String explanation) {
    Code known =
        Arrays.stream(Code.values())
            .filter(each -> each.word().equals(code))
            .findFirst()
            .orElseThrow(
                () ->
                    Rejection.of(
                        AccessProblem.INVALID_REASON,
                        "Say one of "
                            + Arrays.stream(Code.values()).map(Code::word).toList()
                            + "."));
    if (explanation == null || !EXPLANATION.matcher(explanation).matches()) {
      throw Rejection.of(AccessProblem.INVALID_REASON, "Explain it in 1 to 500 characters.");
    }
    return new Reason(known, explanation);
  }
}
