package dev.indelible.anchoring;

import dev.indelible.transparency.statement.Opening;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a statement can be opened with, when somebody tried.
public sealed interface Seed {
  /// It is there.
  ///
  /// @param key under which it was encrypted
  record Opened(Opening opening, UUID key) implements Seed {}

  /// It was destroyed.
  record Erased() implements Seed {}

  /// It cannot be decrypted.
  ///
  /// @param table of the row to blame
  /// @param row its primary key
  /// @param column to blame; none when the row is gone
  /// @param message what is wrong with it
  record Locked(String table, String row, @Nullable String column, String message)
      implements Seed {}
}
