package dev.indelible.ledger.simulation;

import java.sql.SQLException;

/// What everything in a simulation has in common.
interface Surroundings {
  /// Who runs.
  Baton baton();

  /// The database.
  Cluster cluster();

  /// What goes wrong.
  Faults faults();

  /// What nobody sees.
  Truth truth();

  /// What is being simulated.
  Rules rules();

  /// Has a request arrive some time after its sender has given up.
  void later(String what, Request request);

  /// A request on its way.
  @FunctionalInterface
  interface Request {
    /// Arrives.
    void arrive() throws SQLException;
  }

  /// What is simulated.
  ///
  /// @param barrier whether a COMMIT that returned with a warning counts as none, and a retry
  ///   commits a row before it is answered
  /// @param formerPrimary in one of how many calls, after a failover, a connection out of the pool
  ///   leads to the former primary; 0 is never
  record Rules(boolean barrier, int formerPrimary) {
    static final Rules OURS = new Rules(true, 0);
    static final Rules WITHOUT_BARRIER = new Rules(false, 0);
    static final Rules STALE_CONNECTIONS = new Rules(true, 12);
  }
}
