package dev.indelible.witness.mirror;

import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.evidence.Fork;
import dev.indelible.witness.evidence.Fork.Seen;
import dev.indelible.witness.tiles.AuthenticTree;
import dev.indelible.witness.tiles.Doubts;
import dev.indelible.witness.tiles.Finding;
import dev.indelible.witness.tiles.LogClient;
import dev.indelible.witness.tiles.Patience;
import dev.indelible.witness.tiles.SignedHead;
import dev.indelible.witness.tiles.UnavailableException;
import dev.indelible.witness.tiles.Walk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Brings a folder up to date with a log. A checkpoint is taken over when the policy's quorum has
/// cosigned it, its tree extends the one in the folder, its tiles lead to its root and its entries
/// to its tiles; until then the folder shows what it showed.
///
/// @param log the log
/// @param policy whose signatures count
/// @param folder the copy
/// @param limits how much at once
/// @param sleeper waits for a quorum
record Mirror(
    LogClient log,
    TrustPolicy policy,
    MirrorFolder folder,
    Walk.Limits limits,
    Patience.Sleeper sleeper) {

  /// Looks at the log once.
  ///
  /// @throws IOException when the folder cannot be read or written, or is another log's
  Outcome round() throws IOException, InterruptedException {
    Optional<SignedHead> here = published();
    SignedHead there;
    try {
      there = SignedHead.newest(log, policy, sleeper);
    } catch (VerificationException e) {
      return Outcome.of(List.of(SignedHead.finding(e)));
    } catch (UnavailableException e) {
      return Outcome.of(List.of(e.finding()));
    }
    if (here.filter(head -> !head.origin().equals(there.origin())).isPresent()) {
      throw new IOException(folder.name() + " is a mirror of " + here.get().origin());
    }
    if (!there.opened().witnessed()) {
      return waiting("checkpoint", "fewer cosignatures than the policy asks for");
    }
    if (here.filter(head -> there.head().size() <= head.head().size()).isPresent()) {
      return notLarger(here.get(), there);
    }
    return extend(here, there);
  }

  private Outcome extend(Optional<SignedHead> here, SignedHead there)
      throws IOException, InterruptedException {
    KeptTiles kept = new KeptTiles(folder, log, false);
    Outcome outcome = extend(here, there, kept);
    // Perhaps a file of ours has rotted: then the log's will do, and takes its place.
    return outcome.verdict() != Verdict.MATCHES && kept.usedAny()
        ? extend(here, there, new KeptTiles(folder, log, true))
        : outcome;
  }

  private Optional<SignedHead> published() throws IOException {
    Optional<String> note = folder.checkpoint();
    try {
      return note.isEmpty() ? Optional.empty() : Optional.of(SignedHead.of(note.get(), policy));
    } catch (VerificationException e) {
      throw new IOException(folder.name() + " does not hold under this policy", e);
    }
  }

  private Outcome extend(Optional<SignedHead> here, SignedHead there, KeptTiles source)
      throws IOException, InterruptedException {
    try (Arrivals arrivals = new Arrivals(folder, source)) {
      Optional<Fork> fork = Optional.empty();
      try {
        fork = take(here, there, source, arrivals);
      } catch (UnavailableException e) {
        arrivals.found(e.finding());
      }
      if (!arrivals.findings().isEmpty()) {
        return Outcome.of(arrivals.findings());
      }
      if (fork.isPresent()) {
        return new Outcome.Contradicted(List.of(), fork);
      }
      arrivals.publish(there.text());
      return new Outcome.Published(there.head());
    }
  }

  /// Reads all that is new. Consistency comes first: not a file is written of a tree that does not
  /// extend ours.
  private Optional<Fork> take(
      Optional<SignedHead> here, SignedHead there, KeptTiles source, Arrivals arrivals)
      throws IOException, InterruptedException {
    Optional<AuthenticTree> tree = AuthenticTree.open(there.head(), source, arrivals);
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    if (here.isPresent()) {
      SignedHead ours = here.get();
      Optional<Fork> fork = Fork.between(seenHere(ours), ours.head(), seenThere(there), tree.get());
      if (fork.isPresent()) {
        return fork;
      }
    }
    if (arrivals.findings().isEmpty()) {
      arrivals.accept();
      long from = here.map(head -> head.head().size()).orElse(0L);
      new Walk(tree.get(), source, arrivals, limits).run(from, there.head().size());
    }
    return Optional.empty();
  }

  /// An old copy of the checkpoint is nothing new, unless it is of another tree.
  private Outcome notLarger(SignedHead here, SignedHead there)
      throws IOException, InterruptedException {
    if (there.head().equals(here.head())) {
      return new Outcome.Unchanged(here.head());
    }
    if (there.head().size() == here.head().size()) {
      Fork fork = Fork.ofOneSize(seenThere(there), seenHere(here), here.head());
      return new Outcome.Contradicted(List.of(), Optional.of(fork));
    }
    Doubts doubts = new Doubts();
    Optional<AuthenticTree> ours = AuthenticTree.open(here.head(), folder, doubts);
    Optional<Fork> fork =
        ours.isEmpty()
            ? Optional.empty()
            : Fork.between(seenThere(there), there.head(), seenHere(here), ours.get());
    if (doubts.any()) {
      return waiting(folder.name(), "the log has fewer leaves, and this copy is damaged");
    }
    return fork.isPresent()
        ? new Outcome.Contradicted(List.of(), fork)
        : new Outcome.Unchanged(here.head());
  }

  private static Outcome waiting(String place, String reason) {
    return Outcome.of(List.of(Finding.unchecked(place, reason)));
  }

  private Seen seenHere(SignedHead head) {
    return new Seen(folder.name(), head.text());
  }

  private Seen seenThere(SignedHead head) {
    return new Seen(log.url(), head.text());
  }
}
