package dev.indelible.anchoring;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Disclosure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// What became of statements, and what a verifier needs of them.
@ApplicationScoped
public class Anchors {
  private final StatementStore statements;
  private final ReceiptStore receipts;
  private final RefusalStore refusals;
  private final Seeds seeds;
  private final String log;
  private final String origin;

  @Inject
  Anchors(
      StatementStore statements,
      ReceiptStore receipts,
      RefusalStore refusals,
      Seeds seeds,
      ReceiptJudge judge,
      AnchoringConfig config) {
    this.statements = statements;
    this.receipts = receipts;
    this.refusals = refusals;
    this.seeds = seeds;
    this.log = config.log();
    this.origin = judge.origin();
  }

  /// How far the statement has come.
  public AnchorState state(UUID statementId) {
    return receipts
        .find(statementId)
        .map(Anchors::state)
        .or(() -> refusals.find(statementId).map(Anchors::state))
        .orElse(AnchorState.PENDING);
  }

  private static AnchorState state(StoredReceipt receipt) {
    AnchorStatus status =
        receipt.level().equals(StoredReceipt.WITNESSED)
            ? AnchorStatus.WITNESSED
            : AnchorStatus.INCLUDED;
    return new AnchorState(status, receipt.leafIndex(), null);
  }

  private static AnchorState state(StoredRefusal refusal) {
    return new AnchorState(AnchorStatus.REFUSED, null, refusal.original());
  }

  /// The receipt as text (C2SP tlog-proof), once there is one.
  public Optional<String> tlogProof(UUID statementId) {
    return receipts.find(statementId).map(StoredReceipt::proof);
  }

  /// The receipt as JSON, once there is one.
  public Optional<Receipt> receipt(UUID statementId) {
    return receipts
        .find(statementId)
        .flatMap(receipt -> statements.find(statementId).map(row -> receipt(row, receipt)));
  }

  private Receipt receipt(StoredStatement statement, StoredReceipt receipt) {
    return new Receipt(
        log,
        origin,
        receipt.leafIndex(),
        Hash.leaf(statement.entry().toArray()).toBase64(),
        receipt.block(),
        receipt.level(),
        receipt.proof());
  }

  /// The document that a verifier reads. It is made of the live values: when they are not those
  /// that were anchored, the verifier finds out.
  ///
  /// @param shown pointers of the fields to show; the others appear as commitments
  /// @throws Rejection (404) when nothing was anchored, (410) when the opening is erased
  public Disclosure disclosure(UUID statementId, TracedStatement live, Predicate<String> shown) {
    StoredStatement row = statements.find(statementId).orElseThrow(Rejection::notFound);
    Entry entry = Entry.parse(row.entry().toArray());
    return switch (seeds.read(List.of(row)).get(statementId)) {
      case Seed.Opened seed -> Disclosure.of(entry, live.statement(), seed.opening(), shown);
      case Seed.Locked seed -> throw new IllegalStateException(seed.message());
      case null, default ->
          throw Rejection.of(
              AnchoringProblem.OPENING_ERASED, "Its fields cannot be proved any more.");
    };
  }
}
