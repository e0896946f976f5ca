package dev.indelible.claims.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.AccessEvent;
import dev.indelible.claims.access.Accesses;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who was given something of a claim, when, why and by what right.
///
/// @param claim absent where somebody was shown events of several claims
/// @param organisation whose claim it is
/// @param anchor how far the statement with the event has come
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessView(
    UUID id,
    @Nullable UUID claim,
    String organisation,
    String at,
    String actor,
    @Nullable String actorOrganisation,
    String role,
    String action,
    String purpose,
    String right,
    @Nullable UUID rightId,
    AnchorState anchor) {

  static PageOf<AccessView> page(Accesses.Page found) {
    return new PageOf<>(
        found.events().stream().map(each -> of(each.event(), each.anchor())).toList(),
        found.next().map(Cursor::text).orElse(null));
  }

  private static AccessView of(AccessEvent event, AnchorState anchor) {
    return new AccessView(
        event.id(),
        event.claim(),
        event.organisation(),
        event.at(),
        event.actor(),
        event.actorOrganisation(),
        event.role(),
        event.action(),
        event.purpose(),
        event.right(),
        event.rightId(),
        anchor);
  }
}
