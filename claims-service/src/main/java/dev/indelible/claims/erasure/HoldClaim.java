package dev.indelible.claims.erasure;

import dev.indelible.anchoring.erasure.Code;
import dev.indelible.anchoring.erasure.Holds;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.claims.submission.Claims;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.identity.SpentAuthentications;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;

/// Somebody who oversees the insurers keeps a claim from being erased, whichever insurer's it is.
@ApplicationScoped
@AcrossOrganisations({Roles.AUDITOR, Roles.OPERATOR})
public class HoldClaim {
  private final Claims claims;
  private final Holds holds;
  private final SpentAuthentications spent;

  @Inject
  HoldClaim(Claims claims, Holds holds, SpentAuthentications spent) {
    this.claims = claims;
    this.holds = holds;
    this.spent = spent;
  }

  /// Places a hold.
  @Transactional
  public Holds.Hold place(UUID id, Code reason, Caller caller) {
    Holds.Hold hold = holds.place(key(id), reason, caller.subject());
    spent.spend(caller);
    return hold;
  }

  /// Releases it.
  @Transactional
  public void release(UUID id, Code reason, Caller caller) {
    holds.release(key(id), reason, caller.subject());
    spent.spend(caller);
  }

  private RecordKey key(UUID id) {
    return claims.key(id).orElseThrow(Rejection::notFound);
  }
}
