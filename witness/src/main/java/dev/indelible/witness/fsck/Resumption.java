package dev.indelible.witness.fsck;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.witness.disk.DurableFile;
import dev.indelible.witness.tiles.AuthenticTree;
import dev.indelible.witness.tiles.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How far a log was found right, in a file: the text of a checkpoint, unsigned, over its first
/// leaves. A later run goes on from there and, before that, makes sure that these leaves are still
/// the same.
final class Resumption {
  /// How often it is written while a check runs: after as many leaves as a tile of level 1 has.
  private static final long EVERY = 65_536;

  private final Path file;
  private final String origin;
  private final AuthenticTree tree;
  private final Tally tally;
  private long saved;

  Resumption(Path file, String origin, AuthenticTree tree, Tally tally) {
    this.file = file;
    this.origin = origin;
    this.tree = tree;
    this.tally = tally;
  }

  /// The leaf to go on from: where an earlier run came to, or the first one when its leaves are not
  /// the first of this tree, which is reported.
  ///
  /// @throws IOException when the file holds something else
  long start() throws IOException, InterruptedException {
    if (!Files.exists(file)) {
      return 0;
    }
    TreeHead before = read();
    Optional<Finding> difference = difference(before);
    if (difference.isPresent()) {
      tally.add(difference.get());
      return 0;
    }
    saved = before.size();
    return saved;
  }

  private TreeHead read() throws IOException {
    Checkpoint earlier;
    try {
      earlier = Checkpoint.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not the state of an earlier run", e);
    }
    if (!earlier.origin().equals(origin)) {
      throw new IOException(file + " is the state of another log, " + earlier.origin());
    }
    return earlier.head();
  }

  private Optional<Finding> difference(TreeHead before) throws IOException, InterruptedException {
    long size = tree.head().size();
    if (before.size() > size) {
      String set = "an old copy, or a log that was set back";
      return Optional.of(
          Finding.unchecked(
              "checkpoint",
              "it has %d leaves, an earlier run saw %d: %s".formatted(size, before.size(), set)));
    }
    return tree.prefix(before.size()).equals(before)
        ? Optional.empty()
        : Optional.of(
            Finding.wrong(
                "checkpoint",
                "its first %d leaves are not those that an earlier run saw"
                    .formatted(before.size())));
  }

  /// Notes now and then that everything up to this leaf was looked at.
  void reached(long end) throws IOException, InterruptedException {
    if (end - saved >= EVERY) {
      save(end);
    }
  }

  /// Writes, if everything so far is right.
  void save(long end) throws IOException, InterruptedException {
    if (tally.isClean() && end > saved) {
      DurableFile.replace(
          file,
          file.resolveSibling(file.getFileName() + ".new"),
          new Checkpoint(origin, tree.prefix(end)).text().getBytes(StandardCharsets.UTF_8));
      saved = end;
    }
  }
}
