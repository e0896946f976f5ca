package dev.indelible.trials.outcome;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change, judged.
///
/// @param change what changed
/// @param declaration openly or silently
/// @param declaredBy the protocol version whose amendment says so
/// @param when in which phase
/// @param severity how grave
/// @param rule which rules say so, by id
public record Finding(
    Change change,
    Declaration declaration,
    @Nullable UUID declaredBy,
    When when,
    Severity severity,
    String rule) {}
