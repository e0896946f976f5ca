package dev.indelible.claims.access;

import dev.indelible.claims.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/// Writes down who was given what. There is no switch: whoever hands out claims calls it, and what
/// cannot be written down is not handed out.
@ApplicationScoped
public class AccessHistory {
  private final AccessStore store;
  private final Clock clock;

  @Inject
  AccessHistory(AccessStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Records one event for each claim, in the transaction that reads them: when one cannot be
  /// stored, the read fails.
  ///
  /// @param owner alias of the insurer whose claims they are
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(Access access, Right right, String owner, List<UUID> claims) {
    if (!claims.isEmpty()) {
      String at = Moment.text(clock.instant());
      store.insert(
          claims.stream().map(claim -> AccessEvent.of(access, right, claim, owner, at)).toList());
    }
  }
}
