package dev.indelible.transparency.policy;

import java.time.Instant;

/// A witness's verified word that it saw this checkpoint and that it extends all it saw before.
///
/// @param witness the witness's name in the policy
/// @param time when the witness says it signed
public record Cosignature(String witness, Instant time) {}
