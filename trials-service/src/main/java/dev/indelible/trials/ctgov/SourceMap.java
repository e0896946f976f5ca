package dev.indelible.trials.ctgov;

import dev.indelible.kit.problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where in the study record each element of our document came from, so that a refusal names the
/// element that its reader can see.
final class SourceMap {
  private final Map<String, String> sources = new TreeMap<>();

  void put(String ours, String source) {
    sources.put(ours, source);
  }

  List<Violation> locate(List<Violation> violations) {
    return violations.stream().map(v -> new Violation(locate(v.field()), v.message())).toList();
  }

  /// The longest known prefix decides; what follows it is called the same in both.
  private String locate(String pointer) {
    for (String prefix = pointer; !prefix.isEmpty(); prefix = parent(prefix)) {
      String source = sources.get(prefix);
      if (source != null) {
        return source + pointer.substring(prefix.length());
      }
    }
    return pointer;
  }

  private static String parent(String pointer) {
    return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
  }
}
