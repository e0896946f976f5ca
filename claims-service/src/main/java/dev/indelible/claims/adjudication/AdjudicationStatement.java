package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import java.util.Optional;

/// The statement "this was decided"; made by this function both when it happens and when the rows
/// are found later.
final class AdjudicationStatement {
  private AdjudicationStatement() {}

  /// @param key of the claim's record; none when it is gone, or damaged
  static TracedStatement of(DecisionRow decision, Optional<DataKey> key) {
    TracedStatement.Builder statement = TracedStatement.builder("claim.decided/v1");
    decision.row(key).into(statement, "");
    for (int i = 0; i < decision.lines.size(); i++) {
      decision.lines.get(i).row().into(statement, "/lines/" + i);
    }
    return statement.build();
  }
}
