package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The last head we cosigned of each log, one file a log, named by the origin's SHA-256.
///
/// Forgetting is the one thing a witness must not do: a head is on disk before anybody learns that
/// we signed it.
final class SeenHeads {

  private final Path folder;

  SeenHeads(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The empty tree when the log is new to us.
  TreeHead of(String origin) {
    Path file = file(origin);
    try {
      return Files.exists(file) ? Checkpoint.parse(Files.readString(file)).head() : TreeHead.EMPTY;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Replaces the head. A crash before the rename leaves the old one; after it, the new one, which
  /// the log learns from the next conflict.
  void replace(Checkpoint seen) {
    Path file = file(seen.origin());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer text = ByteBuffer.wrap(seen.text().getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      // The rename itself is durable only when the folder is.
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String origin) {
    return folder.resolve(Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex());
  }
}
