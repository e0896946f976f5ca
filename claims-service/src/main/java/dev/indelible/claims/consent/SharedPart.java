package dev.indelible.claims.consent;

import dev.indelible.claims.Cursor;
import dev.indelible.claims.submission.FiledClaim;
import java.util.List;
import java.util.Optional;

/// A part of what is shared with an organisation.
///
/// @param next where the next part begins; nothing after the last
public record SharedPart(List<FiledClaim> claims, Optional<Cursor> next) {}
