package dev.indelible.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of this process for a test's servers: it and the processes noted in its `run/` go when
/// the process goes.
final class Scratch {

  private Scratch() {}

  static Path folder() {
    try {
      Path folder = Files.createTempDirectory("indelible-");
      Files.createDirectories(folder.resolve("run"));
      Watchdog.guard(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try {
      CachedFolder.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
