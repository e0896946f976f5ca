package dev.indelible.local.command;

import dev.indelible.local.compliance.Coverage;
import dev.indelible.local.compliance.Coverage.Tests;
import dev.indelible.local.compliance.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/// Prints which requirements of ASVS 5.0, 21 CFR Part 11 and HIPAA § 164.312 the last run of the
/// tests has shown, and which nothing shows.
final class Compliance {
  private static final Map<String, String> TITLES =
      Map.of(
          "asvs-5.0", "OWASP ASVS 5.0",
          "part11", "21 CFR Part 11",
          "hipaa", "HIPAA Security Rule, 45 CFR");

  private final Path root;
  private final Screen screen;

  Compliance(Path root, Screen screen) {
    this.root = root;
    this.screen = screen;
  }

  ExitCode run() throws IOException {
    Coverage coverage = Coverage.of(root);
    if (coverage.oldest().isEmpty()) {
      screen.failed("no tests have run here", "./indelible test");
      return ExitCode.NOT_CHECKED;
    }
    String standard = "";
    for (Map.Entry<Requirement, Tests> entry : coverage.shown().entrySet()) {
      Requirement requirement = entry.getKey();
      if (!requirement.standard().equals(standard)) {
        standard = requirement.standard();
        screen.result("\n" + TITLES.getOrDefault(standard, standard));
      }
      screen.result(line(requirement, entry.getValue()));
    }
    coverage.unknown().forEach(tag -> screen.result("  ? " + tag + " is on no list"));
    screen.result(
        "\n%d of %d requirements are shown by tests that passed. Oldest report: %s"
            .formatted(
                coverage.met(),
                coverage.shown().size(),
                coverage.oldest().orElseThrow().truncatedTo(ChronoUnit.SECONDS)));
    screen.result(
        "A tag says that a test shows something of a requirement, not that an assessor agrees.");
    return coverage.isBroken() || !coverage.unknown().isEmpty()
        ? ExitCode.CONTRADICTED
        : ExitCode.OK;
  }

  private static String line(Requirement requirement, Tests tests) {
    return String.format(
        Locale.ROOT,
        "  %s %-15s %-80s %s",
        tests.failed() > 0 ? "✖" : tests.passed() > 0 ? "✔" : "·",
        requirement.number(),
        requirement.meaning(),
        evidence(tests));
  }

  private static String evidence(Tests tests) {
    if (tests.passed() + tests.failed() == 0) {
      return "not shown";
    }
    String failed = tests.failed() > 0 ? tests.failed() + " failed, " : "";
    return failed + tests.passed() + " passed: " + String.join(", ", tests.classes());
  }
}
