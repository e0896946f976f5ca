package dev.indelible.trials.statement;

import dev.indelible.anchoring.AnchorState;
import dev.indelible.anchoring.AnchoringProblem;
import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.Receipt;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.canonical.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/// What a verifier takes away of a statement.
@ApplicationScoped
public class Evidence {
  private final Anchors anchors;

  @Inject
  Evidence(Anchors anchors) {
    this.anchors = anchors;
  }

  /// How far the statement has come.
  public AnchorState state(UUID statementId) {
    return anchors.state(statementId);
  }

  /// Base64 of the entry's leaf hash, once it is in the log.
  public Optional<String> leafHash(UUID statementId) {
    return anchors.receipt(statementId).map(Receipt::leafHash);
  }

  /// The receipt as JSON.
  ///
  /// @throws Rejection (404) while there is none
  public Receipt receipt(UUID statementId) {
    return anchors.receipt(statementId).orElseThrow(Evidence::notYet);
  }

  /// The receipt as text (C2SP tlog-proof).
  ///
  /// @throws Rejection (404) while there is none
  public String tlogProof(UUID statementId) {
    return anchors.tlogProof(statementId).orElseThrow(Evidence::notYet);
  }

  /// The document that a verifier reads, with all fields shown: canonical JSON.
  public String disclosure(UUID statementId, TracedStatement live) {
    return CanonicalJson.text(anchors.disclosure(statementId, live, pointer -> true).toJson());
  }

  private static Rejection notYet() {
    return Rejection.of(
        AnchoringProblem.NOT_ANCHORED_YET, "It was accepted and waits for the ledger.");
  }
}
