package dev.indelible.local.compliance;

import dev.indelible.local.compliance.TaggedTest.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the last run of the tests says about each requirement.
///
/// @param shown every requirement of the list, with its tests
/// @param unknown tags that look like requirements and are on no list
/// @param oldest when the oldest report was written; nothing when there is none
public record Coverage(
    Map<Requirement, Tests> shown, Set<String> unknown, Optional<Instant> oldest) {
  /// Where a module's tests leave their report, below the module.
  private static final Path REPORT = Path.of("target/open-test-report/open-test-report.xml");

  /// The tests of one requirement.
  ///
  /// @param passed how many passed
  /// @param failed how many did not
  /// @param classes their classes' simple names
  public record Tests(int passed, int failed, Set<String> classes) {
    static Tests of(List<TaggedTest> tests) {
      int passed = count(tests, Set.of(Result.SUCCESSFUL));
      int failed = count(tests, Set.of(Result.FAILED, Result.ERRORED));
      return new Tests(
          passed,
          failed,
          tests.stream().map(TaggedTest::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static int count(List<TaggedTest> tests, Set<Result> results) {
      return Math.toIntExact(tests.stream().filter(t -> results.contains(t.result())).count());
    }
  }

  /// Reads the reports of all modules below a folder.
  public static Coverage of(Path root) throws IOException {
    List<TaggedTest> tests = new ArrayList<>();
    Optional<Instant> oldest = Optional.empty();
    for (Path report : reports(root)) {
      tests.addAll(TestReport.read(report));
      FileTime written = Files.getLastModifiedTime(report);
      oldest =
          oldest
              .filter(time -> time.isBefore(written.toInstant()))
              .or(() -> Optional.of(written.toInstant()));
    }
    List<Requirement> requirements = Requirement.list(root.resolve("docs/compliance.csv"));
    Map<Requirement, Tests> shown = new LinkedHashMap<>();
    for (Requirement each : requirements) {
      shown.put(each, Tests.of(having(tests, each.tag())));
    }
    Set<String> known = requirements.stream().map(Requirement::tag).collect(Collectors.toSet());
    Set<String> unknown =
        tests.stream()
            .flatMap(test -> test.tags().stream())
            .filter(tag -> tag.contains("/") && !known.contains(tag))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Coverage(shown, unknown, oldest);
  }

  private static List<TaggedTest> having(List<TaggedTest> tests, String tag) {
    return tests.stream().filter(test -> test.tags().contains(tag)).toList();
  }

  private static List<Path> reports(Path root) throws IOException {
    return modules(root).stream()
        .map(module -> module.resolve(REPORT))
        .filter(Files::exists)
        .toList();
  }

  /// The folders that may be modules.
  static List<Path> modules(Path root) throws IOException {
    List<Path> modules = new ArrayList<>();
    for (Path folder : List.of(root, root.resolve("lib"))) {
      try (Stream<Path> children = Files.list(folder)) {
        modules.addAll(children.toList());
      }
    }
    return modules;
  }

  /// How many requirements some test shows and none fails.
  public long met() {
    return shown.values().stream()
        .filter(tests -> tests.passed() > 0 && tests.failed() == 0)
        .count();
  }

  /// Whether a test of some requirement failed.
  public boolean isBroken() {
    return shown.values().stream().anyMatch(tests -> tests.failed() > 0);
  }
}
