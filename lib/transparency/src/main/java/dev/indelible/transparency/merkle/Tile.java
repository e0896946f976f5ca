package dev.indelible.transparency.merkle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The coordinates of a tile or entry bundle and their spelling in a URL (C2SP tlog-tiles).
///
/// @param level 0 to 63, or [#ENTRIES] for a bundle of entries
/// @param index tile number within the level
/// @param width hashes or entries in it, 1 to 256; below 256 the tile is partial
public record Tile(int level, long index, int width) {
  /// Hashes in a full tile, entries in a full bundle.
  public static final int FULL = 256;

  /// The "level" of entry bundles.
  public static final int ENTRIES = -1;

  private static final Pattern PATH =
      Pattern.compile("(\\d{1,2}|entries)/((?:x\\d{3}/)*\\d{3})(?:\\.p/(\\d{1,3}))?");

  public Tile {
    if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("no such tile: " + level + "/" + index + "/" + width);
    }
  }

  /// The path below `<prefix>/tile/`, such as `0/x001/234.p/7`.
  public String path() {
    StringBuilder name = new StringBuilder(group(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      name.insert(0, "x" + group(rest % 1000) + "/");
    }
    String suffix = width == FULL ? "" : ".p/" + width;
    return (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + name + suffix;
  }

  /// Reads a path in its one allowed spelling; anything else is no tile.
  public static Optional<Tile> parse(String path) {
    Matcher match = PATH.matcher(path);
    if (!match.matches()) {
      return Optional.empty();
    }
    String digits = match.group(2).replace("x", "").replace("/", "");
    String width = match.group(3);
    if (digits.length() > 18) {
      return Optional.empty();
    }
    int level = match.group(1).equals("entries") ? ENTRIES : Integer.parseInt(match.group(1));
    int hashes = width == null ? FULL : Integer.parseInt(width);
    if (level > 63 || hashes < 1 || hashes > FULL) {
      return Optional.empty();
    }
    Tile tile = new Tile(level, Long.parseLong(digits), hashes);
    return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
  }

  private static String group(long number) {
    return String.format("%03d", number);
  }
}
