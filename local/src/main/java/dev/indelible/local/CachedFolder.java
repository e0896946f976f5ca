package dev.indelible.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder that is expensive to make and the same for everybody: made once, then only used.
///
/// The marker is written last, so a process killed half way leaves a folder that the next one makes
/// again rather than a half folder that looks whole.
final class CachedFolder {

  private static final String MARKER = ".complete";

  private CachedFolder() {}

  /// How to fill the empty folder.
  interface Recipe {
    void fill(Path folder) throws IOException;
  }

  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(MARKER));
  }

  /// Synchronised as well as file-locked: one JVM may not hold the same file lock twice.
  static synchronized Path make(Path folder, Recipe recipe) throws IOException {
    if (exists(folder)) {
      return folder;
    }
    Files.createDirectories(folder.getParent());
    Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !exists(folder)) {
        delete(folder);
        Files.createDirectories(folder);
        recipe.fill(folder);
        Files.createFile(folder.resolve(MARKER));
      }
    }
    return folder;
  }

  /// Deletes a tree; absent is fine. Links are removed, not followed.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
