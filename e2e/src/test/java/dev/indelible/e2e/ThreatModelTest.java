package dev.indelible.e2e;

import static java.util.function.Predicate.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The threat model promises a test for each of its threats, and names it.
class ThreatModelTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)`");
  private static final Path ROOT = Resources.root();

  @Test
  void everyThreatHasItsTest() throws IOException {
    List<String> threats =
        section("## Threats").stream().filter(line -> line.startsWith("| ")).skip(1).toList();
    assertTrue(threats.size() > 40, threats::toString);
    assertEquals(
        List.of(), threats.stream().filter(not(NAMED.asPredicate())).toList(), "without a test");
  }

  @Test
  void everyTestThatADocumentNamesIsThere() throws IOException {
    Set<String> tests;
    try (Stream<Path> files = files(".java")) {
      tests =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    try (Stream<Path> files = files(".md")) {
      for (Path document : files.toList()) {
        List<String> missing =
            NAMED
                .matcher(Files.readString(document))
                .results()
                .map(name -> name.group(1))
                .filter(name -> !tests.contains(name))
                .toList();
        assertEquals(List.of(), missing, document::toString);
      }
    }
  }

  private static List<String> section(String title) throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/threat-model.md")).stream()
        .dropWhile(line -> !line.equals(title))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .toList();
  }

  /// Our own files: neither what a build made nor what a package brought.
  private static Stream<Path> files(String ending) throws IOException {
    Pattern foreign = Pattern.compile("(^|/)(target|node_modules|\\.[^/]+)/");
    return Files.walk(ROOT)
        .filter(file -> file.toString().endsWith(ending))
        .filter(file -> !foreign.matcher(ROOT.relativize(file).toString()).find());
  }
}
