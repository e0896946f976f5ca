package dev.indelible.ledger.simulation;

import java.util.ArrayList;
import java.util.List;

/// One PostgreSQL server: its write-ahead log as the rows after each transaction, and a disk below
/// that may lie about having them.
final class Server {
  private final String name;
  private final List<Rows> log = new ArrayList<>(List.of(Rows.NEW));
  private int onDisk;
  private boolean lying;
  private int life;

  Server(String name) {
    this.name = name;
  }

  /// A server made from another one's base backup.
  static Server copyOf(Server other, String name) {
    Server copy = new Server(name);
    copy.follow(other, other.position());
    return copy;
  }

  Rows rows() {
    return log.getLast();
  }

  /// Number of the newest transaction.
  int position() {
    return log.size() - 1;
  }

  /// Goes up with every restart: connections of an earlier life are broken.
  int life() {
    return life;
  }

  /// Writes a transaction and flushes, or thinks so.
  int write(Rows rows) {
    log.add(rows);
    flush();
    return position();
  }

  /// Receives what another server has up to a position.
  void follow(Server primary, int to) {
    log.addAll(primary.log.subList(log.size(), to + 1));
    flush();
  }

  private void flush() {
    if (!lying) {
      onDisk = position();
    }
  }

  /// From now on nothing is on the disk when it says so.
  void lie() {
    lying = true;
  }

  /// What a crash would leave.
  int onDisk() {
    return onDisk;
  }

  /// Restarts with what is on the disk.
  void crash() {
    log.subList(onDisk + 1, log.size()).clear();
    lying = false;
    life++;
  }

  @Override
  public String toString() {
    return name + "@" + position();
  }
}
