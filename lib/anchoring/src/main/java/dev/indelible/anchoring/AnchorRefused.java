package dev.indelible.anchoring;

import java.util.UUID;

/// CDI event: the log has refused a statement because an equal one was there before. Fired in the
/// transaction that stores the refusal.
///
/// @param statementId the refused statement
/// @param original the earlier entry
public record AnchorRefused(UUID statementId, DuplicateOf original) {}
