package dev.indelible.local;

/// Told how far a start has come.
public interface Progress {

  Progress SILENT = new Progress() {};

  /// Something slow begins.
  default void begins(String what) {}

  /// A program serves.
  default void ready(String what, int port) {}

  /// Everything that needs no sign-in serves.
  default void publicPagesReady() {}
}
