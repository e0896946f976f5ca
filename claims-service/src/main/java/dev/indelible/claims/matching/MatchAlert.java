package dev.indelible.claims.matching;

import java.util.UUID;

/// What an alert discloses to one side: that there is another claim, and the fields that match. Of
/// another insurer's claim nothing else: neither insurer nor number, sum or provider.
///
/// @param id of the alert
/// @param claim the side's own claim
/// @param kind `other-insurer`, or `possible-duplicate` within one's own claims
/// @param codeSystem the matching code's system
/// @param code the matching product or service
/// @param serviceDay the matching day
/// @param foundAt RFC 3339
public record MatchAlert(
    UUID id,
    UUID claim,
    String kind,
    String codeSystem,
    String code,
    String serviceDay,
    String foundAt) {}
