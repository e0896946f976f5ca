package dev.indelible.anchoring;

import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Commitments;
import dev.indelible.transparency.statement.Opening;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;

/// Puts statements into the outbox.
@ApplicationScoped
public class Anchor {
  private final RecordKeys keys;
  private final StatementStore statements;
  private final OutboxStore outbox;
  private final Issuer issuer;
  private final Event<Enqueued> enqueued;
  private final SecureRandom random = new SecureRandom();

  @Inject
  Anchor(
      RecordKeys keys,
      StatementStore statements,
      OutboxStore outbox,
      Issuer issuer,
      Event<Enqueued> enqueued) {
    this.keys = keys;
    this.statements = statements;
    this.outbox = outbox;
    this.issuer = issuer;
    this.enqueued = enqueued;
  }

  /// Commits to the statement, signs its entry and queues it, in the transaction that stores the
  /// record: both are there afterwards, or neither. Needs neither ledger nor identity provider.
  @Transactional(Transactional.TxType.MANDATORY)
  public void enqueue(AnchorRequest request) {
    enqueue(request, keys.of(request.key(), request.organisation()));
  }

  /// The same for who has the key at hand.
  ///
  /// @param key under the id that the request names
  @Transactional(Transactional.TxType.MANDATORY)
  public void enqueue(AnchorRequest request, DataKey key) {
    Opening opening = Opening.random(random);
    Commitments commitments = opening.commit(request.statement().statement());
    Entry entry = issuer.sign(request, commitments.root());
    Bytes seed = key.encrypt(StoredStatement.seedCell(request.statementId()), opening.seed());
    statements.insert(StoredStatement.of(request, entry, seed, commitments));
    outbox.insert(request.statementId(), entry, request.tokens());
    enqueued.fire(new Enqueued());
  }
}
