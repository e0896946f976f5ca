package dev.indelible.anchoring;

import dev.indelible.anchoring.OutboxStore.Waiting;
import dev.indelible.anchoring.RelayState.Alarm;
import dev.indelible.transparency.VerificationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/// Sends the oldest rows of the outbox, in one transaction with what comes of them.
///
/// If we crash before the call, the rows are still there. If we crash after it, they are still
/// there too, and sending the same bytes again gets the same answer. Only the commit that stores
/// the outcomes removes the rows.
///
/// As long as all goes well it is twice as many rows each time, up to [#MOST], in one call that
/// keeps their order. When anything is in the way, the oldest is sent alone, and what the ledger
/// says to it is what counts.
///
/// A row that can never be sent is *held*: it stays, health is down, and the rows behind it go on.
/// After an acknowledgement that does not hold nothing goes on at all: either the ledger or
/// somebody between it and us is not what it claims to be. A person who has looked at it sets the
/// column `held` to null.
@ApplicationScoped
class SendOldest {
  /// Held because of the row itself.
  static final String ENTRY = "entry";

  /// Held because of what the ledger answered.
  static final String RECEIPT = "receipt";

  /// When to come again.
  enum Next {
    /// At once: there may be another row.
    NOW,
    /// When something was enqueued, there is nothing at the moment.
    WHEN_WOKEN,
    /// After a rest: what is enqueued meanwhile has to wait behind the oldest.
    RESTED
  }

  private static final Logger LOG = Logger.getLogger(SendOldest.class);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);

  /// Few enough that a failure sends little again and the transaction is short; not measured
  /// against other numbers (ADR 029).
  private static final int MOST = 64;

  private final OutboxStore outbox;
  private final LedgerClient ledger;
  private final LedgerAccess access;
  private final ReceiptJudge judge;
  private final Issuer issuer;
  private final Outcomes outcomes;
  private final RelayState state;
  private final AnchoringConfig config;
  private final Clock clock;
  private volatile int together = 1;

  @Inject
  SendOldest(
      OutboxStore outbox,
      LedgerClient ledger,
      LedgerAccess access,
      ReceiptJudge judge,
      Issuer issuer,
      Outcomes outcomes,
      RelayState state,
      AnchoringConfig config,
      Clock clock) {
    this.outbox = outbox;
    this.ledger = ledger;
    this.access = access;
    this.judge = judge;
    this.issuer = issuer;
    this.outcomes = outcomes;
    this.state = state;
    this.config = config;
    this.clock = clock;
  }

  @ActivateRequestContext
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Next oldest() {
    if (!outbox.tryLock()) {
      return Next.WHEN_WOKEN;
    }
    if (outbox.isAnyHeld(RECEIPT)) {
      state.raise(Alarm.BAD_RECEIPT, "the ledger's acknowledgement does not hold; see the outbox");
      return Next.RESTED;
    }
    state.clear(Alarm.BAD_RECEIPT);
    int most = together;
    together = 1;
    List<Waiting> oldest = outbox.oldest(most);
    if (oldest.isEmpty()) {
      together = most;
      return Next.WHEN_WOKEN;
    }
    if (oldest.getFirst().notBefore().isAfter(clock.instant())) {
      return Next.RESTED;
    }
    boolean alone = oldest.size() == 1;
    boolean sent = !alone && sendTogether(oldest);
    if (!sent && !send(oldest.getFirst())) {
      return Next.RESTED;
    }
    if (sent || alone) {
      together = Math.min(2 * most, MOST);
    }
    return Next.NOW;
  }

  /// Whether each of them has its answer. Without one nothing has happened to any.
  private boolean sendTogether(List<Waiting> rows) {
    Instant now = clock.instant();
    boolean ready =
        rows.stream().noneMatch(row -> row.notBefore().isAfter(now) || !changed(row).isEmpty());
    List<Answer> answers = ready ? ledger.append(rows).orElse(List.of()) : List.of();
    for (int i = 0; i < answers.size(); i++) {
      var ignored = settle(rows.get(i), answers.get(i));
    }
    return !answers.isEmpty();
  }

  private List<String> changed(Waiting row) {
    return row.row().changed(issuer, row.leafHash());
  }

  /// Whether the rows behind it may go on.
  private boolean send(Waiting row) {
    List<String> changed = changed(row);
    if (!changed.isEmpty()) {
      return hold(row, ENTRY, "not as it was enqueued: " + changed);
    }
    try {
      return settle(row, ledger.append(row));
    } catch (LedgerUnavailableException e) {
      return postpone(row, String.valueOf(e.getMessage()));
    }
  }

  private boolean settle(Waiting row, Answer answer) {
    return switch (answer) {
      case Answer.Accepted accepted -> accept(row, accepted);
      case Answer.Duplicate duplicate -> refuse(row, duplicate);
      case Answer.Unacceptable never -> hold(row, ENTRY, never.reason());
      case Answer.Broken broken -> hold(row, RECEIPT, broken.reason());
      case Answer.Later later -> postpone(row, later.reason());
      case Answer.Unauthenticated ignored -> {
        access.refused();
        yield postpone(row, "the ledger did not accept the access token");
      }
      case Answer.Forbidden forbidden -> {
        state.raise(Alarm.FORBIDDEN, forbidden.reason());
        yield postpone(row, forbidden.reason());
      }
    };
  }

  /// Verified by our own policy before anything says that the statement is anchored.
  private boolean accept(Waiting row, Answer.Accepted accepted) {
    try {
      VerifiedReceipt receipt = judge.receipt(row.leafHash(), accepted.index(), accepted.proof());
      outcomes.accepted(row.statementId(), accepted, receipt);
      return done(row, "accepted");
    } catch (VerificationException e) {
      return hold(row, RECEIPT, e.reason() + ": " + e.getMessage());
    }
  }

  private boolean refuse(Waiting row, Answer.Duplicate duplicate) {
    outcomes.refused(row.statementId(), duplicate.original());
    return done(row, "duplicate");
  }

  private boolean done(Waiting row, String result) {
    outbox.delete(row.seq());
    state.count(result);
    state.clear(Alarm.FORBIDDEN);
    return true;
  }

  private boolean hold(Waiting row, String why, String error) {
    outbox.hold(row.seq(), why, error);
    state.count("held");
    LOG.errorf("statement %s is held: %s", row.statementId(), error);
    return true;
  }

  /// Doubles the pause each time. Rows behind wait with it: order is kept.
  private boolean postpone(Waiting row, String error) {
    Duration pause = FIRST_BACK_OFF.multipliedBy(1L << Math.min(row.attempts(), 16));
    Duration longest = config.longestBackOff();
    Duration capped = pause.compareTo(longest) < 0 ? pause : longest;
    outbox.postpone(row.seq(), clock.instant().plus(capped), error);
    state.count("postponed");
    return false;
  }
}
