package dev.indelible.witness.fsck;

import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.tiles.AuthenticTree;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.Inspector;
import dev.indelible.witness.tiles.LogClient;
import dev.indelible.witness.tiles.Patience;
import dev.indelible.witness.tiles.SignedHead;
import dev.indelible.witness.tiles.UnavailableException;
import dev.indelible.witness.tiles.Walk;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks one log: its checkpoint against the policy, its tiles against the checkpoint, its entries
/// against the tiles.
final class Fsck implements Inspector {
  private final LogClient log;
  private final Arguments arguments;
  private final Walk.Limits limits;
  private final Patience.Sleeper sleeper;
  private final ProgressLine progress;
  private final Tally tally = new Tally();

  private @Nullable Resumption resumption;
  private long goal;

  Fsck(
      LogClient log,
      Arguments arguments,
      Walk.Limits limits,
      Patience.Sleeper sleeper,
      ProgressLine progress) {
    this.log = log;
    this.arguments = arguments;
    this.limits = limits;
    this.sleeper = sleeper;
    this.progress = progress;
  }

  /// Looks at everything that the arguments ask for.
  ///
  /// @throws IOException when the state file cannot be read or written
  Report run() throws IOException, InterruptedException {
    Optional<SignedHead> head = head();
    if (head.isPresent()) {
      try {
        check(head.get());
      } catch (UnavailableException e) {
        found(e.finding());
      }
    }
    return new Report(log.url(), head, tally);
  }

  private Optional<SignedHead> head() throws IOException, InterruptedException {
    try {
      SignedHead head = SignedHead.newest(log, arguments.policy(), sleeper);
      if (!head.opened().witnessed()) {
        found(Finding.unchecked("checkpoint", "fewer cosignatures than the policy asks for"));
      }
      if (arguments.origin().filter(origin -> !origin.equals(head.origin())).isPresent()) {
        found(Finding.unchecked("checkpoint", "it is of another log, " + head.origin()));
      }
      return Optional.of(head);
    } catch (UnavailableException e) {
      found(e.finding());
    } catch (VerificationException e) {
      found(SignedHead.finding(e));
    }
    return Optional.empty();
  }

  private void check(SignedHead head) throws IOException, InterruptedException {
    Optional<AuthenticTree> tree = AuthenticTree.open(head.head(), log, this);
    if (tree.isEmpty()) {
      return;
    }
    long size = head.head().size();
    Arguments.Range range = arguments.range().orElse(Arguments.Range.ALL);
    goal = goal(range, size);
    long from = range.from();
    if (arguments.state().isPresent()) {
      resumption = new Resumption(arguments.state().get(), head.origin(), tree.get(), tally);
      from = resumption.start();
    }
    progress.begins(from);
    new Walk(tree.get(), log, this, limits).run(from, goal);
    if (resumption != null) {
      resumption.save(size);
    }
  }

  private long goal(Arguments.Range range, long size) {
    long end = range.to().orElse(size);
    if (range.from() > size || end > size) {
      found(Finding.unchecked("checkpoint", "the log has no more than " + size + " entries"));
    }
    return Math.min(end, size);
  }

  @Override
  public void verified(Tile tile, byte[] bytes) {
    tally.right(tile);
  }

  @Override
  public void found(Finding finding) {
    tally.add(finding);
  }

  @Override
  public void reached(long end) throws IOException, InterruptedException {
    progress.reached(end, goal);
    if (resumption != null) {
      resumption.reached(end);
    }
  }
}
