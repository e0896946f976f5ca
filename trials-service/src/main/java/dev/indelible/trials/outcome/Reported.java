package dev.indelible.trials.outcome;

import dev.indelible.trials.date.TrialDate;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A result set as the comparison sees it.
///
/// @param received the day we received it
/// @param plan the outcomes, the number enrolled and the start as reported
/// @param primaryCompletion the date reported for that
/// @param cited the id of the protocol version that the results cite
/// @param earlier the day the first results of this trial were received
public record Reported(
    LocalDate received,
    Plan plan,
    @Nullable TrialDate primaryCompletion,
    UUID cited,
    Optional<LocalDate> earlier) {}
