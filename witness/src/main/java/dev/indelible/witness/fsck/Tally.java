package dev.indelible.witness.fsck;

import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.tiles.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a check has found so far: how much is right, and what is not.
final class Tally {
  /// More are counted, but not kept: whoever breaks a log can break all of it.
  private static final int KEPT = 200;

  private final SortedMap<Integer, Long> tiles = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long entries;
  private long wrong;
  private long unchecked;

  void right(Tile tile) {
    if (tile.level() == Tile.ENTRIES) {
      entries += tile.width();
    } else {
      tiles.merge(tile.level(), 1L, Long::sum);
    }
  }

  void add(Finding finding) {
    switch (finding.kind()) {
      case WRONG -> wrong++;
      case UNCHECKED -> unchecked++;
    }
    if (findings.size() < KEPT) {
      findings.add(finding);
    }
  }

  /// Tiles that are right, by level.
  SortedMap<Integer, Long> tiles() {
    return tiles;
  }

  /// Entries of bundles that are right as a whole.
  long entries() {
    return entries;
  }

  List<Finding> findings() {
    return findings;
  }

  long notKept() {
    return wrong + unchecked - findings.size();
  }

  boolean isClean() {
    return wrong + unchecked == 0;
  }

  /// A contradiction outweighs a gap, a gap outweighs agreement.
  Verdict verdict() {
    if (wrong > 0) {
      return Verdict.CONTRADICTED;
    }
    return unchecked > 0 ? Verdict.COULD_NOT_BE_CHECKED : Verdict.MATCHES;
  }
}
