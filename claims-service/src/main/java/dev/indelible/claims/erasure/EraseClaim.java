package dev.indelible.claims.erasure;

import dev.indelible.anchoring.erasure.Code;
import dev.indelible.anchoring.erasure.Erasures;
import dev.indelible.anchoring.erasure.Erasures.Progress;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.anchoring.erasure.Tombstone;
import dev.indelible.claims.submission.Claims;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.SpentAuthentications;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// An insurer, who is the controller of the personal data in its claims (GDPR, article 4(7)), has
/// one of them erased.
@ApplicationScoped
public class EraseClaim {
  private final Claims claims;
  private final Erasures erasures;
  private final SpentAuthentications spent;

  @Inject
  EraseClaim(Claims claims, Erasures erasures, SpentAuthentications spent) {
    this.claims = claims;
    this.erasures = erasures;
    this.spent = spent;
  }

  /// Asks for the erasure of a claim of the caller's organisation; asking again changes nothing,
  /// and so spends no authentication, nor does a request that a hold forbids.
  ///
  /// @param basis read only once the claim is known to be the organisation's
  @Transactional
  public Erasures.Outcome request(UUID id, Supplier<Code> basis, Caller caller) {
    String organisation = caller.requireOrganisation();
    Optional<Progress> earlier = erasures.find(id, organisation);
    if (earlier.isPresent()) {
      Code ignored = basis.get(); // What cannot be read is refused the second time too.
      return new Erasures.Accepted(earlier.get().state(), false);
    }
    RecordKey key = claims.key(id, organisation);
    Erasures.Outcome outcome = erasures.request(key, basis.get(), caller.subject());
    if (outcome instanceof Erasures.Accepted accepted && accepted.isNew()) {
      spent.spend(caller);
    }
    return outcome;
  }

  /// How far it has come.
  ///
  /// @throws Rejection (404) when none was asked for, or for another organisation's claim
  @Transactional
  public Progress progress(UUID id, Caller caller) {
    return erasures.find(id, caller.requireOrganisation()).orElseThrow(Rejection::notFound);
  }

  /// The statement that it was erased.
  ///
  /// @throws Rejection (404) when there is none yet
  @Transactional
  public Tombstone tombstone(UUID id, Caller caller) {
    return erasures.tombstone(id, caller.requireOrganisation()).orElseThrow(Rejection::notFound);
  }
}
