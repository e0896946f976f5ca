package dev.indelible.claims;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a list that is ordered by moment and id. Opaque to callers, who may only hand it
/// back.
///
/// @param at moment of the last element seen
/// @param id its id
public record Cursor(String at, UUID id) {
  /// Before the first element.
  public static final Cursor START = new Cursor("", new UUID(0, 0));

  /// PostgreSQL does not take every character.
  private static final Pattern FORM = Pattern.compile("([0-9T:.Z-]+)\\|([0-9a-f-]{36})");

  /// Reads a cursor; none is the start.
  ///
  /// @throws Rejection when it is not one of ours
  public static Cursor parse(@Nullable String text) {
    if (text == null) {
      return START;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      Matcher parts = FORM.matcher(plain);
      if (parts.matches()) {
        return new Cursor(parts.group(1), UUID.fromString(parts.group(2)));
      }
      throw new IllegalArgumentException("neither moment nor id");
    } catch (IllegalArgumentException e) {
      throw Rejection.of(CommonProblem.BAD_REQUEST, "cursor: is not one that this list gave")
          .violations(List.of(new Violation("cursor", "is not one that this list gave")));
    }
  }

  /// The form in which callers get it.
  public String text() {
    byte[] plain = (at + "|" + id).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }
}
