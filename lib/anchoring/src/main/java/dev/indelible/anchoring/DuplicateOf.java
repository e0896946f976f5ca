package dev.indelible.anchoring;

import java.util.UUID;

/// The entry that was there first.
///
/// @param index its leaf index
/// @param record its record
/// @param name the match token that is equal
public record DuplicateOf(long index, UUID record, String name) {}
