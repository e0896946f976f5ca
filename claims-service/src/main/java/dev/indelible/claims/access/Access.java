package dev.indelible.claims.access;

import dev.indelible.kit.identity.Caller;
import java.util.Optional;

/// What somebody is about to be given of a claim, and what for. Whatever hands out claims asks for
/// one and records it; without one there is no claim to be had.
///
/// @param purpose as stated; without, the usual one of the role
public record Access(Caller caller, Action action, Optional<Purpose> purpose) {}
