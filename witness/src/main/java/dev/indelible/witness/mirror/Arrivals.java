package dev.indelible.witness.mirror;

import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.Inspector;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Writes verified tiles into a mirror's folder. Nothing is written before the new tree is known to
/// extend the one that is there: tiles that come earlier wait. Partial tiles wait until the end, so
/// that the folder has those of published trees only.
final class Arrivals implements Inspector, AutoCloseable {
  /// Files on their way to disk at once: each waits for the disk, and they wait together.
  private static final int WRITES = 32;

  private final MirrorFolder folder;
  private final KeptTiles source;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Callable<Void>> waiting = new ArrayList<>();
  private final List<Callable<Void>> partial = new ArrayList<>();
  private final List<Tile> full = new ArrayList<>();
  private final Deque<Future<Void>> writes = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private boolean accepted;

  Arrivals(MirrorFolder folder, KeptTiles source) {
    this.folder = folder;
    this.source = source;
  }

  @Override
  public void verified(Tile tile, byte[] bytes) throws IOException {
    Callable<Void> write =
        () -> {
          if (source.isKept(tile)) {
            folder.touch(tile);
          } else {
            folder.write(tile, bytes);
          }
          return null;
        };
    if (tile.width() < Tile.FULL) {
      partial.add(write);
      return;
    }
    full.add(tile);
    if (accepted) {
      submit(write);
    } else {
      waiting.add(write);
    }
  }

  @Override
  public void found(Finding finding) {
    findings.add(finding);
  }

  /// The new tree extends what is in the folder.
  void accept() throws IOException {
    accepted = true;
    for (Callable<Void> write : waiting) {
      submit(write);
    }
    waiting.clear();
  }

  List<Finding> findings() {
    return findings;
  }

  /// Writes the rest and shows the checkpoint.
  void publish(String note) throws IOException {
    for (Callable<Void> write : partial) {
      submit(write);
    }
    while (!writes.isEmpty()) {
      await(writes.remove());
    }
    for (Tile tile : full) {
      folder.dropPartials(tile);
    }
    folder.publish(note);
  }

  private void submit(Callable<Void> write) throws IOException {
    if (writes.size() == WRITES) {
      await(writes.remove());
    }
    writes.add(threads.submit(write));
  }

  private static void await(Future<Void> write) throws IOException {
    try {
      write.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot write: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing", e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
