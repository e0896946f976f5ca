package dev.indelible.ledger.simulation;

/// A transaction that waits for the standby.
final class Commit {
  private final Server server;
  private final int life;
  private final int position;
  private boolean replicated;
  private boolean cancelled;

  Commit(Server server) {
    this.server = server;
    this.life = server.life();
    this.position = server.position();
  }

  /// The standby of `primary` has everything up to here.
  void received(Server primary, int upTo) {
    replicated |= server == primary && server.life() == life && position <= upTo;
  }

  /// Somebody cancels the wait: COMMIT returns with a warning.
  void cancel() {
    cancelled = true;
  }

  /// Whether COMMIT has returned, or the connection has broken.
  boolean isOver() {
    return replicated || cancelled || server.life() != life;
  }

  /// Whether COMMIT returned without a warning.
  boolean isClean() {
    return replicated;
  }

  /// Whether COMMIT returned at all.
  boolean isAnswered() {
    return replicated || (cancelled && server.life() == life);
  }
}
