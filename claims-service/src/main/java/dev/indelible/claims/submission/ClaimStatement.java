package dev.indelible.claims.submission;

import dev.indelible.anchoring.TracedStatement;

/// The statement "this claim was submitted". The same function makes it of the rows about to be
/// stored and of the rows found later; nothing else may.
final class ClaimStatement {
  static final String TYPE = "claim.submitted/v1";

  private ClaimStatement() {}

  static TracedStatement of(Claim claim) {
    TracedStatement.Builder statement = TracedStatement.builder(TYPE);
    claim.row().into(statement, "");
    for (int i = 0; i < claim.lines.size(); i++) {
      claim.lines.get(i).row().into(statement, "/lines/" + i);
    }
    for (int i = 0; i < claim.diagnoses.size(); i++) {
      claim.diagnoses.get(i).row().into(statement, "/diagnoses/" + i);
    }
    return statement.build();
  }
}
