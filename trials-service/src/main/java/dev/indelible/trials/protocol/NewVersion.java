package dev.indelible.trials.protocol;

import dev.indelible.kit.identity.Caller;
import dev.indelible.trials.content.AmendmentGiven;
import dev.indelible.trials.content.ProtocolContent;
import org.jspecify.annotations.Nullable;

/// A version to be stored; the rules have passed it.
///
/// @param caller who submits it
/// @param source in which form it came, such as `json` or `ctgov-v2`
/// @param content the protocol
/// @param amendment what makes it the next version; none for the first
/// @param previous the version that it follows; none for the first
public record NewVersion(
    Caller caller,
    String source,
    ProtocolContent content,
    @Nullable AmendmentGiven amendment,
    @Nullable VersionView previous) {}
