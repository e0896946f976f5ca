package dev.indelible.trials.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.trials.content.ResultContent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A result set as others see it.
///
/// @param id the result set's own id
/// @param protocolId the protocol it belongs to
/// @param organisation who submitted it
/// @param number 1 for the first, higher for corrections
/// @param previous id of the result set that this one corrects
/// @param source in which form it came
/// @param receivedAt when it came, UTC
/// @param content the results
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultView(
    UUID id,
    UUID protocolId,
    String organisation,
    long number,
    @Nullable UUID previous,
    String source,
    String receivedAt,
    ResultContent content) {}
