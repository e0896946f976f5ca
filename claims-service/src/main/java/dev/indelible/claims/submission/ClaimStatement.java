package dev.indelible.claims.submission;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.encryption.DataKey;
import java.util.Optional;

/// The statement "this claim was submitted". The same function makes it of the rows about to be
/// stored and of the rows found later; nothing else may.
final class ClaimStatement {
  static final String TYPE = "claim.submitted/v1";

  private ClaimStatement() {}

  /// @param key of the claim; none when it is gone, or damaged
  static TracedStatement of(Claim claim, Optional<DataKey> key) {
    TracedStatement.Builder statement = TracedStatement.builder(TYPE);
    claim.row(key).into(statement, "");
    for (int i = 0; i < claim.lines.size(); i++) {
      claim.lines.get(i).row(key).into(statement, "/lines/" + i);
    }
    for (int i = 0; i < claim.diagnoses.size(); i++) {
      claim.diagnoses.get(i).row(key).into(statement, "/diagnoses/" + i);
    }
    return statement.build();
  }
}
