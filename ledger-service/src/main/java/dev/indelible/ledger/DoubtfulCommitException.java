package dev.indelible.ledger;

import java.sql.SQLException;

/// A COMMIT of which nobody can say yet whether it is durable, or happened at all. Whoever gets
/// this must neither sign nor answer before a later commit has returned cleanly.
public final class DoubtfulCommitException extends SQLException {
  private static final long serialVersionUID = 1;

  DoubtfulCommitException(SQLException cause) {
    super("the commit did not return cleanly", cause);
  }
}
