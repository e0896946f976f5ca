package dev.indelible.e2e;

import dev.indelible.local.Shape;
import dev.indelible.local.Stack;

/// One system for all tests that leave it as they found it: two ledger and two claims processes,
/// one of trials, three witnesses, the real PostgreSQL and Keycloak. Ends with the JVM.
final class SharedStack {
  private SharedStack() {}

  static Stack get() {
    return Holder.STACK;
  }

  private static final class Holder {
    static final Stack STACK = Stack.start(Shape.STANDARD.withLedgers(2).withClaims(2));
  }
}
