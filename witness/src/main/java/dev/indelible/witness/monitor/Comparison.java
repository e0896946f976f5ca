package dev.indelible.witness.monitor;

import dev.indelible.witness.evidence.Fork;
import dev.indelible.witness.tiles.AuthenticTree;
import dev.indelible.witness.tiles.Doubts;
import dev.indelible.witness.tiles.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds out whether checkpoints are of one tree. Equal sizes need equal roots. For different sizes
/// the tiles of the largest tree say what its beginnings are; they can come from anywhere, for they
/// are believed only as far as they lead to its root.
final class Comparison {
  private final List<View> views;
  private final List<Finding> findings = new ArrayList<>();
  private int connected;

  /// @param views of one log
  Comparison(List<View> views) {
    this.views =
        views.stream().sorted(Comparator.comparingLong(view -> -view.head().size())).toList();
  }

  Round run() throws IOException, InterruptedException {
    Optional<Fork> fork = ofOneSize();
    for (int i = 0; fork.isEmpty() && connected == 0 && i < views.size(); i++) {
      fork = compareWith(views.get(i), views.subList(i + 1, views.size()));
    }
    return new Round(views, connected, fork, findings);
  }

  private Optional<Fork> ofOneSize() {
    for (int i = 1; i < views.size(); i++) {
      View one = views.get(i - 1);
      View other = views.get(i);
      if (one.head().size() == other.head().size() && !one.head().equals(other.head())) {
        return Optional.of(Fork.ofOneSize(one.seen(), other.seen(), other.head()));
      }
    }
    return Optional.empty();
  }

  /// Compares smaller checkpoints with the beginnings of the largest. Leaves `connected` at 0 when
  /// nobody serves the largest tree: then the next one has to do.
  private Optional<Fork> compareWith(View largest, List<View> others)
      throws IOException, InterruptedException {
    if (others.stream().allMatch(view -> view.head().equals(largest.head()))) {
      connected = 1 + others.size();
      return Optional.empty();
    }
    for (View candidate : views) {
      if (candidate.place() instanceof Place.Tiles place) {
        Optional<Fork> fork = compareBy(place, largest, others);
        if (fork.isPresent() || connected > 0) {
          return fork;
        }
      }
    }
    findings.add(
        Finding.unchecked(
            largest.place().name(),
            "nobody serves the tree of its checkpoint, %d leaves"
                .formatted(largest.head().size())));
    return Optional.empty();
  }

  /// With the tiles of this place; they may be of another tree, or not be there.
  private Optional<Fork> compareBy(Place.Tiles place, View largest, List<View> others)
      throws InterruptedException {
    Doubts doubts = new Doubts();
    try {
      Optional<AuthenticTree> tree = AuthenticTree.open(largest.head(), place.log(), doubts);
      if (tree.isEmpty() || doubts.any()) {
        return Optional.empty();
      }
      for (View other : others) {
        Optional<Fork> fork = Fork.between(other.seen(), other.head(), largest.seen(), tree.get());
        if (doubts.any()) {
          return Optional.empty();
        }
        if (fork.isPresent()) {
          return fork;
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    connected = 1 + others.size();
    return Optional.empty();
  }
}
