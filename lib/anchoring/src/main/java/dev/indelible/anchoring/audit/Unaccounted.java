package dev.indelible.anchoring.audit;

import dev.indelible.transparency.Hash;
import java.util.UUID;

/// A statement of which nothing says what became of it, nor what is to become: no receipt, no
/// refusal, no outbox row.
///
/// @param id the statement
/// @param leafHash its leaf, which may be in the log or not
record Unaccounted(UUID id, Hash leafHash) {}
