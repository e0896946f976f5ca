package dev.indelible.claims.submission;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name that a caller gives a request so that it can be sent again
/// (draft-ietf-httpapi-idempotency-key-header).
///
/// @param value 1 to 255 visible characters
public record IdempotencyKey(String value) {
  /// The header.
  public static final String HEADER = "Idempotency-Key";

  /// Marks an answer that was given before.
  public static final String REPLAYED = "Idempotent-Replayed";

  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

  /// Reads the header.
  ///
  /// @throws Rejection when it is no key
  public static Optional<IdempotencyKey> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    if (!VISIBLE.matcher(header).matches()) {
      String message = "is not 1 to 255 visible ASCII characters";
      throw Rejection.of(CommonProblem.BAD_REQUEST, HEADER + ": " + message)
          .violations(List.of(new Violation(HEADER, message)));
    }
    return Optional.of(new IdempotencyKey(header));
  }
}
