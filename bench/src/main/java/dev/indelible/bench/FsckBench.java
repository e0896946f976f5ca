package dev.indelible.bench;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.tiles.AuthenticTree;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.Inspector;
import dev.indelible.witness.tiles.Leaves;
import dev.indelible.witness.tiles.Pace;
import dev.indelible.witness.tiles.TreeHasher;
import dev.indelible.witness.tiles.Walk;
import java.io.IOException;
import java.util.Arrays;

/// How fast `fsck` gets through a log that costs nothing to fetch: a million entries of 300 bytes
/// in memory. Baseline is the same on an object for each hash, as `lib/transparency` does it.
final class FsckBench implements Inspector {
  private static final int ENTRIES = 1_000_000;
  private static final int ENTRY_BYTES = 300;
  private static final int ROUNDS = 3;

  private final SyntheticLog log = new SyntheticLog(ENTRIES, ENTRY_BYTES);
  private long right;

  static void run() {
    FsckBench bench = new FsckBench();
    Table table = new Table("fsck, 1,000,000 entries of 300 bytes (baseline: objects, one thread)");
    Rate objects = rate(bench::objects);
    table.row("hashing core, one thread", rate(bench::arrays), objects);
    table.row("the whole walk, all cores", rate(bench::walk), objects);
    table.print();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /// Entries a second, the median of some rounds after one that does not count.
  private static Rate rate(Work work) {
    double[] rates = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long start = System.nanoTime();
      try {
        work.run();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      rates[Math.max(round, 0)] = ENTRIES * 1e9 / (System.nanoTime() - start);
    }
    Arrays.sort(rates);
    return new Rate(rates[ROUNDS / 2]);
  }

  private void objects() {
    CompactRange range = CompactRange.EMPTY;
    for (long n = 0; n < log.shape().chunks(); n++) {
      range =
          range.append(
              EntryBundle.decode(log.read(log.shape().bundle(n))).stream()
                  .map(Hash::leaf)
                  .toList());
    }
    require(range.head().equals(log.head()));
  }

  /// Every entry hashed and compared with its tile, every tile hashed: what the check of a log
  /// comes down to.
  private void arrays() {
    TreeHasher hasher = new TreeHasher();
    for (long n = 0; n < log.shape().chunks(); n++) {
      Tile bundle = log.shape().bundle(n);
      byte[] tile = log.read(log.shape().tile(0, n));
      require(Arrays.equals(Leaves.of(log.read(bundle), bundle.width(), hasher).hashes(), tile));
      require(hasher.root(tile, bundle.width()).hashCode() != 0x5eed_5eed);
    }
    require(log.head().size() == ENTRIES);
  }

  private void walk() throws IOException, InterruptedException {
    right = 0;
    AuthenticTree tree = AuthenticTree.open(log.head(), log, this).orElseThrow();
    new Walk(tree, log, this, new Walk.Limits(32, Pace.UNBOUNDED)).run(0, ENTRIES);
    require(right == ENTRIES);
  }

  @Override
  public void verified(Tile tile, byte[] bytes) {
    right += tile.level() == Tile.ENTRIES ? tile.width() : 0;
  }

  @Override
  public void found(Finding finding) {
    throw new IllegalStateException(finding.toString());
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the log is not what we made");
    }
  }
}
