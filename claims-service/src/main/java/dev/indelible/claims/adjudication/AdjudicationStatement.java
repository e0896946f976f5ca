package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.TracedStatement;

/// The statement "this was decided"; made by this function both when it happens and when the rows
/// are found later.
final class AdjudicationStatement {
  private AdjudicationStatement() {}

  static TracedStatement of(DecisionRow decision) {
    TracedStatement.Builder statement = TracedStatement.builder("claim.decided/v1");
    decision.row().into(statement, "");
    for (int i = 0; i < decision.lines.size(); i++) {
      decision.lines.get(i).row().into(statement, "/lines/" + i);
    }
    return statement.build();
  }
}
