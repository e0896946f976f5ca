package dev.indelible.anchoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// How far a statement has come, as a record's `anchor` member says it.
///
/// @param status the level
/// @param index leaf index, once it is in the log
/// @param duplicateOf the earlier entry, when it was refused
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnchorState(
    AnchorStatus status, @Nullable Long index, @Nullable DuplicateOf duplicateOf) {
  static final AnchorState PENDING = new AnchorState(AnchorStatus.PENDING, null, null);
}
