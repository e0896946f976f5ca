package dev.indelible.claims.submission;

import dev.indelible.claims.Moment;
import dev.indelible.kit.identity.Caller;
import dev.indelible.transparency.Hash;
import java.time.Clock;

/// Where a claim comes from.
///
/// @param organisation the insurer, from its token and from nowhere else
/// @param subject who sent it
/// @param at when, see [Moment]
/// @param format what was sent
/// @param bodySha256 hexadecimal
record Origin(String organisation, String subject, String at, Format format, String bodySha256) {
  static Origin of(Caller caller, Clock clock, Format format, byte[] body) {
    return new Origin(
        caller.requireOrganisation(),
        caller.subject(),
        Moment.text(clock.instant()),
        format,
        Hash.sha256(body).toHex());
  }
}
