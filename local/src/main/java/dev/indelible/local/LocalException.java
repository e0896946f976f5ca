package dev.indelible.local;

import org.jspecify.annotations.Nullable;

/// What keeps the system from running here, in words for the person at the keyboard, with the fix.
public final class LocalException extends RuntimeException {

  private final String fix;

  public LocalException(String problem, String fix) {
    this(problem, fix, null);
  }

  public LocalException(String problem, String fix, @Nullable Throwable cause) {
    super(problem, cause);
    this.fix = fix;
  }

  /// What to do about it, one line.
  public String fix() {
    return fix;
  }
}
