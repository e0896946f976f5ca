package dev.indelible.ledger.simulation;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

  /// The machines.
  List<LedgerProcess> processes();

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

  /// What holds in a simulation.
  ///
  /// @param kept rules that the store keeps
  /// @param formerPrimary in one of how many calls, after a failover, a connection out of the pool
  ///   leads to the former primary; 0 is never
  record Rules(Set<Rule> kept, int formerPrimary) {
    static final Rules OURS = new Rules(EnumSet.allOf(Rule.class), 0);
    static final Rules OURS_BESIDE_FORMER_PRIMARIES = new Rules(EnumSet.allOf(Rule.class), 12);

    public Rules {
      kept = Set.copyOf(kept);
    }

    /// A protocol with one rule less, beside former primaries.
    static Rules without(Rule rule) {
      return new Rules(
          EnumSet.complementOf(EnumSet.of(rule)), OURS_BESIDE_FORMER_PRIMARIES.formerPrimary());
    }

    boolean keep(Rule rule) {
      return kept.contains(rule);
    }
  }

  /// What nothing goes well without.
  enum Rule {
    /// A COMMIT that returned with a warning is none, and a retry commits before it is answered.
    BARRIER,
    /// The head moves only in its writer's epoch.
    FENCE,
    /// The head moves only from where it was looked at.
    SWAP,
    /// What is signed is the head of the writer's own commit, not what a read shows.
    OWN_HEAD,
    /// A witness knows too much when it knows more leaves than a clean commit found in the log, and
    /// not when it knows more than a read found sealed.
    ALARM
  }
}
