package dev.indelible.claims.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.claims.Member;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A grant as the patient reads it. Moments are RFC 3339.
///
/// @param type `permit` or `deny`
/// @param member whose claims, at which insurer
/// @param recipient alias of the organisation that it is for
/// @param purpose code of HL7 v3 PurposeOfUse
/// @param from first moment
/// @param until first moment after
/// @param recordsFrom of the claims' submission
/// @param recordsUntil both or neither
/// @param grantedAt when the patient said so
/// @param revokedAt when the patient took it back
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Grant(
    UUID id,
    String type,
    Member member,
    String recipient,
    String purpose,
    String from,
    String until,
    @Nullable String recordsFrom,
    @Nullable String recordsUntil,
    String grantedAt,
    @Nullable String revokedAt) {}
