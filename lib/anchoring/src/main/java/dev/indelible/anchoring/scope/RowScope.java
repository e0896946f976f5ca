package dev.indelible.anchoring.scope;

/// Whose rows the transactions of this thread are about, when it is not the caller's organisation.
public final class RowScope {
  private static final ScopedValue<Boolean> ALL = ScopedValue.newInstance();

  private RowScope() {}

  /// Does work whose transactions see and change the rows of every organisation. A transaction that
  /// has used the database before keeps the scope that it began with.
  public static <T, X extends Throwable> T all(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(ALL, true).call(work);
  }

  static boolean isAll() {
    return ALL.isBound();
  }
}
