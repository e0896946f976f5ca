package dev.indelible.claims.member;

import dev.indelible.claims.Member;
import java.util.UUID;

/// A patient is this member.
///
/// @param id of the membership
/// @param member as the insurer knows the patient
/// @param since RFC 3339
public record Membership(UUID id, Member member, String since) {}
