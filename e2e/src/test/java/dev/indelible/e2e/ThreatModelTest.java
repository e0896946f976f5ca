package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The threat model promises a control and a test for each of its threats, or says that it is not
/// met; and what it names are tests that run.
class ThreatModelTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)`");

  /// A test, before it the modules where it is meant when it is in several.
  private static final Pattern CITED =
      Pattern.compile("(?:`([a-z0-9-]+)` (?:and `([a-z0-9-]+)` )?)?" + NAMED.pattern());

  private static final Pattern RESULT =
      Pattern.compile("Tests run: (\\d+), Failures: \\d+, Errors: \\d+, Skipped: (\\d+)");

  private static final String NOT_MET = "not met";
  private static final Path ROOT = Resources.root();

  /// A row of the table, and the cell that names its tests.
  private record Threat(String threat, String control, String tests) {
    static Threat of(String line) {
      String[] cells = line.split("\\|", -1);
      assertEquals(5, cells.length, () -> "not three cells: " + line);
      return new Threat(cells[1].strip(), cells[2].strip(), cells[3].strip());
    }

    /// At least one, and nothing else but that it comes last.
    boolean namesTestsAlone() {
      return !citations().isEmpty()
          && CITED.matcher(tests).replaceAll("").matches("[, ]*(after all tests before it)?");
    }

    List<Citation> citations() {
      return CITED.matcher(tests).results().flatMap(Citation::of).toList();
    }
  }

  /// @param module empty where the name alone says which test is meant
  private record Citation(Optional<String> module, String test) {
    static Stream<Citation> of(MatchResult cited) {
      List<Citation> modules =
          Stream.of(1, 2)
              .flatMap(group -> Optional.ofNullable(cited.group(group)).stream())
              .map(module -> new Citation(Optional.of(module), cited.group(3)))
              .toList();
      return modules.isEmpty()
          ? Stream.of(new Citation(Optional.empty(), cited.group(3)))
          : modules.stream();
    }
  }

  @Test
  void everyThreatHasAControlAndATest() throws IOException {
    List<Threat> threats = threats();
    assertTrue(threats.size() > 40, threats::toString);
    List<Threat> lacking =
        threats.stream()
            .filter(
                each ->
                    each.threat().isEmpty()
                        || each.control().isEmpty()
                        || !(each.tests().equals(NOT_MET) || each.namesTestsAlone()))
            .toList();
    assertEquals(List.of(), lacking);
  }

  @Test
  void everyTestThatAThreatNamesIsATestAndSwitchedOn() throws IOException {
    Map<String, List<Path>> sources = sources();
    Map<String, List<TestSource>> parsed = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (Threat threat : threats()) {
      for (Citation cited : threat.citations()) {
        if (!parsed.containsKey(cited.test())) {
          parsed.put(cited.test(), TestSource.parse(sources.getOrDefault(cited.test(), List.of())));
        }
        List<TestSource> meant =
            parsed.get(cited.test()).stream()
                .filter(test -> cited.module().map(test::isIn).orElse(true))
                .toList();
        if (meant.isEmpty() || meant.stream().anyMatch(test -> test.enabled() == 0)) {
          wrong.add(cited + " for: " + threat.threat());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /// As far as reports are there. A class that skips all of its tests, as one does that lacks a
  /// program, shows nothing; on a machine of one's own that may be.
  @EnabledIfEnvironmentVariable(named = "CI", matches = "true")
  @Test
  void noTestThatAThreatNamesWasSkippedAsAWhole() throws IOException {
    List<String> skipped = new ArrayList<>();
    try (Stream<Path> reports = Files.walk(ROOT).filter(ThreatModelTest::isReport)) {
      for (Path report : reports.toList()) {
        Matcher numbers = RESULT.matcher(Files.readString(report));
        if (numbers.find() && numbers.group(1).equals(numbers.group(2))) {
          skipped.add(report.getFileName().toString().replaceAll("(.*\\.)?([^.]+)\\.txt", "$2"));
        }
      }
    }
    skipped.retainAll(
        threats().stream()
            .flatMap(threat -> threat.citations().stream())
            .map(Citation::test)
            .toList());
    assertEquals(List.of(), skipped);
  }

  private static boolean isReport(Path file) {
    return file.toString().matches(".*/target/surefire-reports/[^/]*\\.txt")
        && !ROOT.relativize(file).startsWith(".indelible");
  }

  @Test
  void everyTestThatADocumentNamesIsThere() throws IOException {
    Map<String, List<Path>> sources = sources();
    try (Stream<Path> files = files(".md")) {
      for (Path document : files.toList()) {
        List<String> missing =
            NAMED
                .matcher(Files.readString(document))
                .results()
                .map(name -> name.group(1))
                .filter(name -> !sources.containsKey(name))
                .toList();
        assertEquals(List.of(), missing, document::toString);
      }
    }
  }

  private static List<Threat> threats() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/threat-model.md")).stream()
        .dropWhile(line -> !line.equals("## Threats"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(Threat::of)
        .toList();
  }

  private static Map<String, List<Path>> sources() throws IOException {
    try (Stream<Path> files = files(".java")) {
      return files.collect(
          Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", "")));
    }
  }

  /// Our own files: neither what a build made nor what a package brought.
  private static Stream<Path> files(String ending) throws IOException {
    Pattern foreign = Pattern.compile("(^|/)(target|node_modules|\\.[^/]+)/");
    return Files.walk(ROOT)
        .filter(file -> file.toString().endsWith(ending))
        .filter(file -> !foreign.matcher(ROOT.relativize(file).toString()).find());
  }
}
