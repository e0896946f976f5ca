package dev.indelible.claims.access;

import dev.indelible.claims.Moment;
import dev.indelible.kit.identity.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes down who was given what. There is no switch: whoever hands out claims calls it, and what
/// cannot be written down is not handed out.
@ApplicationScoped
public class AccessHistory {
  private static final Right OFFICERS =
      new Right(Right.Kind.OWN_ORGANISATION, Roles.PRIVACY_OFFICER, null);

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

  /// Records that an officer was shown something of the history itself: one event, however much it
  /// was, in the transaction that reads it. Whoever reads on sees it.
  ///
  /// @param owner alias of the insurer whose history it is
  /// @param claim the one claim that all of it is about, if there is one
  @Transactional(Transactional.TxType.MANDATORY)
  public void recordItsUse(Access access, String owner, @Nullable UUID claim) {
    String at = Moment.text(clock.instant());
    store.insert(List.of(AccessEvent.of(access, OFFICERS, claim, owner, at)));
  }
}
