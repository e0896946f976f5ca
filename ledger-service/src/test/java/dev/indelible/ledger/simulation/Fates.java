package dev.indelible.ledger.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What became of each kind of write, as traces tell it.
final class Fates {
  /// What a writer writes, by the names that traces have for it; but for its lease, which decides
  /// nothing.
  static final Set<String> WRITES =
      new TreeSet<>(List.of("takeOffice", "append", "insert", "cosignature"));

  private static final String WRITE = "(" + String.join("|", WRITES) + ")\\b[^:]*";
  private static final Pattern COMMIT = Pattern.compile(WRITE + " commits on (P\\d+)@(\\d+)");
  private static final Pattern UNHEARD = Pattern.compile(WRITE + ": DIES_AFTER");
  private static final Pattern TORN = Pattern.compile(WRITE + ":.*, transaction torn");
  private static final Pattern RESTART = Pattern.compile("restart of (P\\d+)@(\\d+)");
  private static final Pattern FAILOVER = Pattern.compile("failover to P\\d+@(\\d+)");

  private final Map<String, Map<Fate, Integer>> counts = new TreeMap<>();

  /// What becomes of a write.
  enum Fate {
    /// The server died while it wrote it, and nothing of it is there.
    TORN,
    /// It was there, for everybody to see, and is there no more.
    LOST,
    /// It is there, and the process died before it heard that.
    PERSISTED
  }

  private record Commit(String write, String server, int position) {
    boolean isBehind(String crashed, int kept) {
      return (crashed.isEmpty() || crashed.equals(server)) && position > kept;
    }
  }

  /// Counts what a trace tells.
  void read(List<String> trace) {
    List<Commit> commits = new ArrayList<>();
    for (String line : trace) {
      if (line.contains(" commits on ")) {
        Matcher commit = COMMIT.matcher(line);
        if (commit.find()) {
          int position = Integer.parseInt(commit.group(3));
          commits.add(new Commit(commit.group(1), commit.group(2), position));
        }
      } else if (line.endsWith(": DIES_AFTER")) {
        count(UNHEARD.matcher(line), Fate.PERSISTED);
      } else if (line.contains("restart of ") || line.contains("failover to ")) {
        count(TORN.matcher(line), Fate.TORN);
        lose(commits, line);
      }
    }
  }

  /// A failover leaves what the new primary has; else a restart leaves what the disk has.
  private void lose(List<Commit> commits, String line) {
    Matcher failover = FAILOVER.matcher(line);
    Matcher restart = RESTART.matcher(line);
    if (failover.find()) {
      lose(commits, "", Integer.parseInt(failover.group(1)));
    } else if (restart.find()) {
      lose(commits, restart.group(1), Integer.parseInt(restart.group(2)));
    }
  }

  private void lose(List<Commit> commits, String server, int kept) {
    commits.stream()
        .filter(commit -> commit.isBehind(server, kept))
        .forEach(commit -> count(commit.write(), Fate.LOST));
    commits.removeIf(commit -> commit.isBehind(server, kept));
  }

  private void count(Matcher found, Fate fate) {
    if (found.find()) {
      count(found.group(1), fate);
    }
  }

  private synchronized void count(String write, Fate fate) {
    var ignored =
        counts
            .computeIfAbsent(write, its -> new EnumMap<>(Fate.class))
            .merge(fate, 1, Integer::sum);
  }

  /// How often, by write.
  Map<String, Map<Fate, Integer>> counts() {
    return counts;
  }
}
