package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.TracedStatement;

/// The statements "this was decided" and "these rules were adopted"; made by these functions both
/// when it happens and when the rows are found later.
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

  static TracedStatement of(RuleSetRow rules) {
    TracedStatement.Builder statement = TracedStatement.builder("rule-set.adopted/v1");
    rules.row().into(statement, "");
    return statement.build();
  }
}
