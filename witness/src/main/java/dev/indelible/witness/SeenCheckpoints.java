package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.witness.disk.DurableFile;
import dev.indelible.witness.disk.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The last checkpoint we cosigned of each log, with the log's signatures and ours; one file a log,
/// named by the origin's SHA-256.
///
/// Forgetting is the one thing a witness must not do: a checkpoint is on disk before anybody learns
/// that we signed it, and the folder belongs to one process.
final class SeenCheckpoints implements AutoCloseable {

  private final Path folder;
  private final FolderLock lock;

  private SeenCheckpoints(Path folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Opens a folder, which stays ours until it is closed.
  ///
  /// @throws dev.indelible.witness.disk.FolderLockedException when another process has it
  static SeenCheckpoints open(Path folder) throws IOException {
    return new SeenCheckpoints(folder, FolderLock.take(folder));
  }

  /// The empty tree when the log is new to us.
  TreeHead head(String origin) {
    return read(name(origin)).map(SeenCheckpoints::headIn).orElse(TreeHead.EMPTY);
  }

  /// The last checkpoint of the log with this hash of an origin, as everybody may see it.
  Optional<String> note(String originHash) {
    return read(originHash).filter(content -> content.contains("\n\n"));
  }

  /// Replaces the checkpoint. The caller says which head it decided from; should that no longer be
  /// the last one, nothing is replaced.
  void replace(TreeHead before, Checkpoint seen, SignedNote cosigned) {
    if (!head(seen.origin()).equals(before)) {
      throw new IllegalStateException("the last checkpoint has changed under a decision");
    }
    Path file = folder.resolve(name(seen.origin()));
    try {
      DurableFile.replace(
          file,
          folder.resolve(file.getFileName() + ".new"),
          cosigned.print().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /// Files of the first version hold the checkpoint's text alone.
  private static TreeHead headIn(String content) {
    int end = content.indexOf("\n\n");
    return Checkpoint.parse(end < 0 ? content : content.substring(0, end + 1)).head();
  }

  private Optional<String> read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String origin) {
    return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex();
  }
}
