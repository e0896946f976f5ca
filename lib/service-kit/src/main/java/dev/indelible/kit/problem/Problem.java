package dev.indelible.kit.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal as it goes over the wire (RFC 9457).
///
/// @param type `https://indelible.dev/problems/<code>`
/// @param title the kind in words
/// @param status HTTP status
/// @param detail this occurrence in words
/// @param code the kind's stable name
/// @param traceId where our own logs say more
/// @param violations elements that are wrong
/// @param members extension members
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "traceId", "violations"})
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    @Nullable String traceId,
    List<Violation> violations,
    @JsonAnyGetter Map<String, Object> members) {
  /// The media type of problems.
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPES = "https://indelible.dev/problems/";

  /// The wire form of a refusal.
  public static Problem of(Rejection rejection, @Nullable String traceId) {
    ProblemType type = rejection.type();
    return new Problem(
        TYPES + type.code(),
        type.title(),
        type.status(),
        rejection.detail(),
        type.code(),
        traceId,
        rejection.violations(),
        rejection.members());
  }
}
