package dev.indelible.witness.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes files that a reader finds whole, old or new, and that a power cut does not take back.
public final class DurableFile {
  private DurableFile() {}

  /// Puts the content in place of the file. A crash before the rename leaves the old one; when this
  /// method returns, the new one is on disk.
  ///
  /// @param scratch where the content is written first; on the same file system
  public static void replace(Path file, Path scratch, byte[] content) throws IOException {
    place(file, scratch, content);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  /// Like [#replace], but the rename is durable only after a [#sync] of the folder: for many files
  /// in one folder.
  public static void place(Path file, Path scratch, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            scratch,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Makes the names in a folder durable: a rename lives in the folder, not in the file.
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
