package dev.indelible.anchoring;

import java.util.UUID;

/// An earlier entry with an equal `alert` token.
///
/// @param name the match token that is equal
/// @param index the earlier entry's leaf index
/// @param record the earlier entry's record
public record Match(String name, long index, UUID record) {}
