package dev.indelible.claims;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a list that is ordered by moment and id. Opaque to callers, who may only hand it
/// back.
///
/// @param at moment of the last element seen
/// @param id its id
/// @param end moment before which a walk through the list ends, where elements are added to it by
///   the walk itself
public record Cursor(String at, UUID id, String end) {
  /// Text after every moment there is.
  private static final String NEVER = "9";

  /// Before the first element.
  public static final Cursor START = new Cursor("", new UUID(0, 0));

  /// PostgreSQL does not take every character.
  private static final Pattern FORM =
      Pattern.compile("([0-9T:.Z-]+)\\|([0-9a-f-]{36})(?:\\|([0-9T:.Z-]+))?");

  public Cursor(String at, UUID id) {
    this(at, id, NEVER);
  }

  /// The same place, in a walk that ends before the moment unless its end is known.
  public Cursor endingBefore(String moment) {
    return end.equals(NEVER) ? new Cursor(at, id, moment) : this;
  }

  /// The place after an element of the same walk.
  public Cursor goingOnAfter(String lastAt, UUID lastId) {
    return new Cursor(lastAt, lastId, end);
  }

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
        return new Cursor(
            parts.group(1),
            UUID.fromString(parts.group(2)),
            Objects.requireNonNullElse(parts.group(3), NEVER));
      }
      throw new IllegalArgumentException("neither moment nor id");
    } catch (IllegalArgumentException e) {
      throw Rejection.of(CommonProblem.BAD_REQUEST, "cursor: is not one that this list gave")
          .violations(List.of(new Violation("cursor", "is not one that this list gave")));
    }
  }

  /// The form in which callers get it.
  public String text() {
    String plain = at + "|" + id + (end.equals(NEVER) ? "" : "|" + end);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }
}
