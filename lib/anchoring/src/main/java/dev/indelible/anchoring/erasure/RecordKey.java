package dev.indelible.anchoring.erasure;

import java.util.UUID;

/// Which record is meant.
///
/// @param record random id shared by all versions; the subject of its entries
/// @param row primary key of its row in the service
/// @param organisation alias of the organisation whose record it is
public record RecordKey(UUID record, UUID row, String organisation) {}
