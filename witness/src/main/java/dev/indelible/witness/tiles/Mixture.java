package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Two versions of one tile, of which neither need be right everywhere: the one that was read, and
/// the one that follows from what is below it. Where several things in a log are wrong at once,
/// each version has its own faults; that some mixture of both leads to the signed root tells which
/// is which, for nobody can find hashes that do by chance.
final class Mixture {
  /// 2^10 mixtures of 256 hashes are tried within a tenth of a second.
  private static final int MAX_DIFFERENCES = 10;

  private final byte[] read;
  private final byte[] below;

  /// @param read what the log serves
  /// @param below what is below it, hashed
  Mixture(byte[] read, byte[] below) {
    this.read = read;
    this.below = below;
  }

  /// A mixture for which `right` holds.
  Optional<byte[]> find(Predicate<byte[]> right) {
    if (right.test(below)) {
      return Optional.of(below);
    }
    List<Integer> differences = differences();
    if (read.length != below.length || differences.size() > MAX_DIFFERENCES) {
      return Optional.empty();
    }
    for (int choice = 1; choice < 1 << differences.size(); choice++) {
      byte[] mixed = mixed(differences, choice);
      if (right.test(mixed)) {
        return Optional.of(mixed);
      }
    }
    return Optional.empty();
  }

  /// What was read, with those hashes of what is below whose bit is set.
  private byte[] mixed(List<Integer> differences, int choice) {
    byte[] mixed = read.clone();
    for (int i = 0; i < differences.size(); i++) {
      if ((choice >> i & 1) == 1) {
        int at = differences.get(i) * Hash.LENGTH;
        System.arraycopy(below, at, mixed, at, Hash.LENGTH);
      }
    }
    return mixed;
  }

  /// The hashes in which the versions differ, as far as both have them.
  private List<Integer> differences() {
    List<Integer> places = new ArrayList<>();
    int common = Math.min(read.length, below.length);
    for (int at = 0; at + Hash.LENGTH <= common; at += Hash.LENGTH) {
      if (!Arrays.equals(read, at, at + Hash.LENGTH, below, at, at + Hash.LENGTH)) {
        places.add(at / Hash.LENGTH);
      }
    }
    return places;
  }

  /// What is wrong with a tile, for people: `below` is what it should be.
  String difference() {
    if (read.length != below.length) {
      return "it has " + read.length + " bytes, not " + below.length;
    }
    List<Integer> places = differences();
    if (places.isEmpty()) {
      return "it is what is below it";
    }
    int at = places.getFirst() * Hash.LENGTH;
    String more = places.size() > 1 ? " (and " + (places.size() - 1) + " more)" : "";
    return "hash %d is %s, not %s%s"
        .formatted(places.getFirst(), Hash.at(read, at), Hash.at(below, at), more);
  }
}
