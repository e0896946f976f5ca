package dev.indelible.anchoring.erasure;

import dev.indelible.kit.problem.Rejection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A reason that outlives the record. A code of the organisation's own list and no free text, so
/// that nobody writes a name into it.
///
/// @param value such as `gdpr-17-1-a`
public record Code(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9.-]{1,62}");

  /// Reads a code.
  ///
  /// @throws Rejection (400) when it is none
  public static Code of(@Nullable String text) {
    if (text == null || !FORM.matcher(text).matches()) {
      throw Rejection.of(
          ErasureProblem.INVALID_CODE, "Say why by a code: lower case letters, digits, - and .");
    }
    return new Code(text);
  }
}
