package dev.indelible.claims.access;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Decides who may see a claim.
@ApplicationScoped
public class Rights {
  /// The stronger first: of several roles it is the one that counts.
  private static final List<String> INSURERS = List.of(Roles.ADJUDICATOR, Roles.CLAIM_SUBMITTER);

  private final GlassStore glasses;
  private final Clock clock;

  @Inject
  Rights(GlassStore glasses, Clock clock) {
    this.glasses = glasses;
    this.clock = clock;
  }

  /// The caller's right to do this with a claim; nothing when there is none.
  ///
  /// @param owner alias of the insurer whose claim it is
  public Optional<Right> find(Access access, UUID claim, String owner) {
    Optional<Right> own =
        access.caller().organisation().filter(owner::equals).isPresent()
            ? ownOrganisation(access.caller())
            : Optional.empty();
    return own.or(() -> brokenGlass(access, claim));
  }

  private Optional<Right> brokenGlass(Access access, UUID claim) {
    Caller caller = access.caller();
    return access.action().isRead() && caller.has(Roles.AUDITOR)
        ? glasses
            .inForce(claim, caller.subject(), clock.instant())
            .map(id -> new Right(Right.Kind.BREAK_GLASS, Roles.AUDITOR, id))
        : Optional.empty();
  }

  /// The caller's right to all claims of the organisation that the token names.
  public Optional<Right> ownOrganisation(Caller caller) {
    return INSURERS.stream()
        .filter(caller::has)
        .findFirst()
        .map(role -> new Right(Right.Kind.OWN_ORGANISATION, role, null));
  }
}
