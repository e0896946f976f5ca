package dev.indelible.ledger.log;

import dev.indelible.ledger.Transactions;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Every leaf key and token key of a log, as its writer in office remembers them. What is not among
/// them is new, and that is nearly everything: to look for all of it in the indexes would be a
/// third of the database's work.
///
/// Nothing is missing. The earlier keys are those of leaves that hash to the head from which the
/// writer goes on, nobody else moves that head while its epoch lasts, and whoever adds tokens
/// elsewhere is counted in the head's row. Until the earlier keys are read, and when they would
/// take more than a third of the memory, everything is looked up.
final class KnownKeys {
  private static final Logger LOG = Logger.getLogger(KnownKeys.class);
  private static final int BYTES_PER_LEAF = 5; // two filters of twice the room, ten bits a key

  private final String log;
  private final long epoch;
  private final KeyFilter leaves = new KeyFilter(0);
  private final KeyFilter tokens = new KeyFilter(0);
  private TreeHead head;
  private volatile @Nullable EarlierKeys earlier;
  private volatile boolean forgotten;

  private KnownKeys(String log, long epoch, TreeHead head) {
    this.log = log;
    this.epoch = epoch;
    this.head = head;
  }

  /// Begins to remember, and to read the earlier keys in the background.
  ///
  /// @param head where the writer is
  /// @param rest how long to wait before reading
  static KnownKeys begin(
      Transactions transactions, String log, long epoch, TreeHead head, Duration rest) {
    KnownKeys known = new KnownKeys(log, epoch, head);
    if (head.size() * BYTES_PER_LEAF < Runtime.getRuntime().maxMemory() / 3) {
      Thread.ofVirtual().name("keys-" + log).start(() -> known.load(transactions, head, rest));
    }
    return known;
  }

  private void load(Transactions transactions, TreeHead until, Duration rest) {
    try {
      Thread.sleep(rest);
      Optional<EarlierKeys> read =
          transactions.query(
              connection -> EarlierKeys.read(connection, log, epoch, until, () -> forgotten));
      earlier = read.orElse(null);
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(e, "log %s: its keys could not be read; every entry is looked up", log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the reading: an office may be lost and taken many times while a large log is read once.
  void forget() {
    forgotten = true;
  }

  /// What a batch has to be looked up for, if these are the keys of exactly the tree `from`.
  Optional<Known> at(long writerEpoch, TreeHead from) {
    EarlierKeys before = earlier;
    return before != null && epoch == writerEpoch && head.equals(from)
        ? Optional.of(new Known(before))
        : Optional.empty();
  }

  /// All keys there are.
  final class Known {
    private final EarlierKeys before;

    private Known(EarlierKeys before) {
      this.before = before;
    }

    boolean mayHold(Hash leafHash) {
      UUID key = EntryStore.leafKey(leafHash);
      return before.leaves().mayHold(key) || leaves.mayHold(key);
    }

    boolean mayHold(UUID token) {
      return before.tokens().mayHold(token) || tokens.mayHold(token);
    }

    /// Whether somebody else has added tokens since.
    boolean isOutdated(long rekeyed) {
      return before.rekeyed() != rekeyed;
    }
  }

  /// Adds the keys of a batch that a clean commit has appended.
  void add(BatchPlan plan) {
    for (Submission submission : plan.fresh()) {
      leaves.add(EntryStore.leafKey(submission.leafHash()));
      submission.tokenKeys(log).forEach(tokens::add);
    }
    head = plan.range().head();
  }
}
