package dev.indelible.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A folder that is expensive to make and the same for everybody: made once, then only used.
///
/// The marker is written last, so a process killed half way leaves a folder that the next one makes
/// again rather than a half folder that looks whole.
final class CachedFolder {

  private static final String MARKER = ".complete";
  private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

  private CachedFolder() {}

  /// How to fill the empty folder.
  interface Recipe {
    void fill(Path folder) throws IOException;
  }

  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(MARKER));
  }

  /// Locked within this JVM as well, which may not hold the same file lock twice; a lock for each
  /// folder, for one recipe may need another's folder from a second thread.
  static void make(Path folder, Recipe recipe) throws IOException {
    synchronized (LOCKS.computeIfAbsent(folder, f -> new Object())) {
      if (!exists(folder)) {
        makeAlone(folder, recipe);
      }
    }
  }

  private static void makeAlone(Path folder, Recipe recipe) throws IOException {
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
