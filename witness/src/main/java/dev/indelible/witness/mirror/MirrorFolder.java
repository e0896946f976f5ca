package dev.indelible.witness.mirror;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.disk.DurableFile;
import dev.indelible.witness.disk.FolderLock;
import dev.indelible.witness.tiles.Leaves;
import dev.indelible.witness.tiles.TileSource;
import dev.indelible.witness.tiles.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// A log's files as C2SP tlog-tiles names them, below one folder that belongs to one process.
///
/// ```
/// checkpoint   tile/0/x001/234   tile/entries/000.p/7   .incoming/   .lock
/// ```
///
/// The checkpoint is what says that a log is here; it is written last, when everything it needs is
/// on disk. Whenever the process is killed, the checkpoint and all it needs are there.
final class MirrorFolder implements TileSource, AutoCloseable {
  private final Path folder;
  private final Path incoming;
  private final FolderLock lock;
  private final AtomicLong written = new AtomicLong();

  /// Folders with names that a power cut could still take back.
  private final Set<Path> changed = new ConcurrentSkipListSet<>();

  private MirrorFolder(Path folder, FolderLock lock) {
    this.folder = folder;
    this.incoming = folder.resolve(".incoming");
    this.lock = lock;
  }

  /// Opens a folder and throws away what was being written when it was left.
  static MirrorFolder open(Path folder) throws IOException {
    MirrorFolder mirror = new MirrorFolder(folder, FolderLock.take(folder));
    Files.createDirectories(mirror.incoming);
    deleteFilesIn(mirror.incoming);
    return mirror;
  }

  /// The published checkpoint.
  Optional<String> checkpoint() throws IOException {
    Path file = folder.resolve("checkpoint");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  Path file(Tile tile) {
    return folder.resolve(TileSource.name(tile));
  }

  /// For people.
  String name() {
    return folder.toString();
  }

  /// {@inheritDoc}
  ///
  /// A partial tile may be part of a full one by now.
  @Override
  public byte[] read(Tile tile) throws IOException {
    try {
      return Files.readAllBytes(file(tile));
    } catch (NoSuchFileException e) {
      Path full = file(new Tile(tile.level(), tile.index(), Tile.FULL));
      if (!Files.exists(full)) {
        throw new UnavailableException(TileSource.name(tile), "not in " + folder, true);
      }
      byte[] bytes = Files.readAllBytes(full);
      return tile.level() == Tile.ENTRIES
          ? Leaves.prefix(bytes, tile.width())
          : Arrays.copyOf(bytes, Math.min(bytes.length, tile.width() * Hash.LENGTH));
    }
  }

  boolean holds(Tile tile) {
    return Files.exists(file(tile));
  }

  /// Puts a tile in place, whole or not at all. Many threads may write at once.
  void write(Tile tile, byte[] bytes) throws IOException {
    Path file = file(tile);
    Files.createDirectories(file.getParent());
    DurableFile.place(file, incoming.resolve("" + written.incrementAndGet()), bytes);
    touch(tile);
  }

  /// Remembers to make a tile's name durable, and the names of the folders above it.
  void touch(Tile tile) {
    Path above = file(tile).getParent();
    while (above != null && above.startsWith(folder) && changed.add(above)) {
      above = above.getParent();
    }
  }

  /// Deletes the partial tiles of a full one. SPEC: logs "MAY delete any partial tile once the
  /// corresponding full tile is […] available".
  void dropPartials(Tile full) throws IOException {
    Path partials = file(full).resolveSibling(file(full).getFileName() + ".p");
    if (Files.isDirectory(partials)) {
      deleteFilesIn(partials);
      Files.delete(partials);
      changed.remove(partials);
      touch(full);
    }
  }

  /// Makes every tile durable and only then shows the checkpoint that needs them.
  void publish(String note) throws IOException {
    for (Path path : changed) {
      DurableFile.sync(path);
    }
    changed.clear();
    DurableFile.replace(
        folder.resolve("checkpoint"),
        incoming.resolve("checkpoint"),
        note.getBytes(StandardCharsets.UTF_8));
  }

  private static void deleteFilesIn(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
