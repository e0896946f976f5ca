package dev.indelible.local.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Home;
import dev.indelible.local.compliance.Coverage.Tests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run has shown, from reports as JUnit writes them.
class CoverageTest {
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]+/[^\"]+)\"\\)");
  private static final String TENANTS = "asvs-5.0/8.4.1,no tenant reaches another";

  @TempDir Path root;

  @Test
  void countsWhatTestsWithATagCameTo() throws IOException {
    list(TENANTS, "part11/11.50,name and meaning");
    report(
        "e2e",
        event(1, "TEST", "SUCCESSFUL", "asvs-5.0/8.4.1"),
        event(2, "TEST", "FAILED", "asvs-5.0/8.4.1"),
        event(3, "TEST", "SKIPPED", "part11/11.50"),
        event(4, "CONTAINER", "SUCCESSFUL", "part11/11.50"));
    report("lib/kit", event(1, "TEST", "SUCCESSFUL", "asvs-5.0/8.4.1"));

    Coverage coverage = Coverage.of(root);

    List<Tests> tests = List.copyOf(coverage.shown().values());
    assertEquals(new Tests(2, 1, Set.of("SomeTest")), tests.getFirst());
    assertEquals(0, tests.getLast().passed());
    assertEquals(0, coverage.met());
    assertTrue(coverage.isBroken());
  }

  @Test
  void namesATagThatIsOnNoList() throws IOException {
    list(TENANTS);
    report("e2e", event(1, "TEST", "SUCCESSFUL", "asvs-5.0/8.4.2"));
    assertEquals(Set.of("asvs-5.0/8.4.2"), Coverage.of(root).unknown());
  }

  @Test
  void readsWhatHasFinishedOfARunThatGoesOn() throws IOException {
    list(TENANTS);
    report("e2e", event(1, "TEST", "SUCCESSFUL", "asvs-5.0/8.4.1"));
    Path report = root.resolve("e2e/target/open-test-report/open-test-report.xml");
    String text = Files.readString(report);
    Files.writeString(report, text.substring(0, text.lastIndexOf("</e:events>")) + "<e:star");
    assertEquals(1, Coverage.of(root).met());
  }

  @Test
  void whereNoTestsRanThereIsNoRun() throws IOException {
    list(TENANTS);
    assertTrue(Coverage.of(root).oldest().isEmpty());
  }

  @Test
  void everyTagInOurTestsIsOnTheList() throws IOException {
    Path ours = Home.find().root();
    Set<String> known =
        Requirement.list(ours.resolve("docs/compliance.csv")).stream()
            .map(Requirement::tag)
            .collect(Collectors.toSet());
    Set<String> used = new TreeSet<>();
    for (Path module : Coverage.modules(ours)) {
      used.addAll(tags(module.resolve("src/test/java")));
    }
    assertFalse(used.isEmpty());
    used.removeAll(known);
    assertEquals(Set.of(), used);
  }

  private static Set<String> tags(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return Set.of();
    }
    Set<String> tags = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        TAG.matcher(Files.readString(file)).results().forEach(tag -> tags.add(tag.group(1)));
      }
    }
    return tags;
  }

  private void list(String... lines) throws IOException {
    Files.write(
        Files.createDirectories(root.resolve("docs")).resolve("compliance.csv"), List.of(lines));
    Files.createDirectories(root.resolve("lib"));
  }

  private void report(String module, String... events) throws IOException {
    Path folder = Files.createDirectories(root.resolve(module).resolve("target/open-test-report"));
    Files.writeString(
        folder.resolve("open-test-report.xml"),
        """
        <?xml version="1.0" ?>
        <e:events xmlns="https://schemas.opentest4j.org/reporting/core/0.2.0"
          xmlns:e="https://schemas.opentest4j.org/reporting/events/0.2.0"
          xmlns:java="https://schemas.opentest4j.org/reporting/java/0.2.0"
          xmlns:junit="https://schemas.junit.org/open-test-reporting">
        """
            + String.join("\n", events)
            + "\n</e:events>");
  }

  private static String event(int id, String type, String result, String tag) {
    return """
        <e:started id="%1$d" name="t"><metadata><tags><tag>%4$s</tag></tags>
        <junit:type>%2$s</junit:type></metadata><sources>
        <java:methodSource className="dev.example.SomeTest" methodName="t"/></sources></e:started>
        <e:finished id="%1$d"><result status="%3$s"/></e:finished>"""
        .formatted(id, type, result, tag);
  }
}
