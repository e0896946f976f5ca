package dev.indelible.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shell script in front of everything: which JDK it picks, and what it says when there is
/// none. The JDKs are folders with a `release` file whose `java` prints its own folder and its
/// arguments.
class ShellCommandTest {

  @TempDir Path folder;
  private Path repository;
  private Path jdks;

  @BeforeEach
  void cloneWithoutSources() throws IOException {
    repository = Files.createDirectories(folder.resolve("clone"));
    jdks = Files.createDirectories(folder.resolve("jdks"));
    Files.copy(Home.find().root().resolve("indelible"), repository.resolve("indelible"));
    // What the build would make, newer than any source.
    for (String module : new String[] {"local", "witness", "lib/consent"}) {
      Path target = Files.createDirectories(repository.resolve(module + "/target"));
      Files.createFile(target.resolve(Path.of(module).getFileName() + "-1.jar"));
    }
  }

  @Test
  void prefersTheJdkThatWasChosenOnPurpose() throws Exception {
    Path chosen = jdk(folder.resolve("chosen"), "25.0.1");
    Path home = jdk(folder.resolve("home"), "25");
    jdk(jdks.resolve("a"), "26");

    Outcome outcome =
        run(Map.of("JAVA25_HOME", chosen.toString(), "JAVA_HOME", home.toString()), "status");

    assertTrue(outcome.output().startsWith(chosen.toString()), outcome.output());
    assertTrue(outcome.output().contains("dev.indelible.local.command.Main status"));
  }

  @Test
  void passesByOldJdksAndFoldersThatHoldNone() throws Exception {
    Path old = jdk(folder.resolve("old"), "17.0.15");
    jdk(jdks.resolve("a"), "21.0.2");
    Files.createDirectories(jdks.resolve("b"));
    Path right = jdk(jdks.resolve("c"), "25.0.3");

    Outcome outcome = run(Map.of("JAVA_HOME", old.toString()), "status");

    assertTrue(outcome.output().startsWith(right.toString()), outcome.output());
  }

  @Test
  void takesTheJdkOnThePathThroughLinks() throws Exception {
    Path right = jdk(folder.resolve("opt/jdk"), "25.0.3");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java"), Path.of("../opt/jdk/bin/java"));

    Outcome outcome = run(Map.of("PATH", bin + ":/usr/bin:/bin"), "status");

    assertEquals(right.toRealPath(), Path.of(outcome.output().split(" ")[0]).toRealPath());
  }

  @Test
  void saysHowToGetAJdkWhenThereIsNone() throws Exception {
    Path old = jdk(folder.resolve("old"), "17.0.15");

    Outcome outcome = run(Map.of("PATH", old.resolve("bin") + ":/usr/bin:/bin"), "up");

    assertEquals(4, outcome.exit());
    assertTrue(outcome.output().contains("No JDK 25 found (on PATH: JDK 17)"), outcome.output());
    assertTrue(outcome.output().contains("Fix: install one"));
  }

  @Test
  void worksThroughALink() throws Exception {
    Path chosen = jdk(folder.resolve("chosen"), "25");
    Path link = Files.createSymbolicLink(folder.resolve("indelible"), Path.of("clone/indelible"));

    Outcome outcome = run(link, Map.of("JAVA_HOME", chosen.toString()), "token", "alder");

    assertTrue(outcome.output().contains("-Dindelible.root=" + repository.toRealPath()));
    assertTrue(outcome.output().endsWith("Main token alder"), outcome.output());
  }

  @Test
  void checksOurLogsWithTheStackAndOthersWithoutIt() throws Exception {
    Map<String, String> chosen =
        Map.of("JAVA_HOME", jdk(folder.resolve("chosen"), "25").toString());
    String ours = "dev.indelible.local.command.Main ";
    String alone = "dev.indelible.witness.";
    String log = "https://log.example/claims";
    for (String[] row :
        new String[][] {
          {ours + "fsck", "fsck"},
          {ours + "fsck --from 5", "fsck", "--from", "5"},
          {ours + "fsck " + log, "fsck", log},
          {ours + "fsck --policy p", "fsck", "--policy", "p"},
          {alone + "fsck.FsckMain " + log + " --policy p", "fsck", log, "--policy", "p"},
          {alone + "fsck.FsckMain --help", "fsck", "--help"},
          {ours + "monitor", "monitor"},
          {alone + "monitor.MonitorMain " + log + " --policy p", "monitor", log, "--policy", "p"},
          {
            alone + "monitor.MonitorMain --check f --policy p",
            "monitor",
            "--check",
            "f",
            "--policy",
            "p"
          },
          {alone + "mirror.MirrorMain " + log + " copy", "mirror", log, "copy"},
          {alone + "WitnessMain w key.pem", "witness", "w", "key.pem"},
        }) {
      Outcome outcome = run(chosen, Arrays.copyOfRange(row, 1, row.length));
      assertTrue(outcome.output().endsWith(row[0]), outcome.output());
      assertEquals(0, outcome.exit());
    }
  }

  @Test
  void makesADecisionAgainWithoutTheStack() throws Exception {
    Path chosen = jdk(folder.resolve("chosen"), "25");
    Outcome outcome =
        run(Map.of("JAVA_HOME", chosen.toString()), "replay", "rules", "inputs", "decision");
    assertTrue(
        outcome.output().endsWith("dev.indelible.consent.command.ReplayMain rules inputs decision"),
        outcome.output());
    assertTrue(outcome.output().contains("/lib/consent/target/consent-1.jar:"), outcome.output());
  }

  @Test
  void knowsWrongUseFromHelp() throws Exception {
    assertEquals(2, run(Map.of(), "fly").exit());
    assertEquals(0, run(Map.of(), "--help").exit());
  }

  private record Outcome(int exit, String output) {}

  private Outcome run(Map<String, String> environment, String... words) throws Exception {
    return run(repository.resolve("indelible"), environment, words);
  }

  private Outcome run(Path script, Map<String, String> environment, String... words)
      throws Exception {
    String[] command = new String[words.length + 2];
    command[0] = "sh";
    command[1] = script.toString();
    System.arraycopy(words, 0, command, 2, words.length);
    ProcessBuilder builder = new ProcessBuilder(Arrays.asList(command)).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", pathWithoutJava());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("INDELIBLE_JDK_FOLDERS", jdks.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output.strip());
  }

  /// The programs that the script needs, in a folder of links, so that no `java` comes along.
  private String pathWithoutJava() throws IOException {
    Path tools = folder.resolve("tools");
    if (!Files.exists(tools)) {
      Files.createDirectories(tools);
      for (String tool :
          "sh readlink dirname pwd sed ls grep head find sort mkdir cat".split(" ")) {
        for (Path place : new Path[] {Path.of("/bin", tool), Path.of("/usr/bin", tool)}) {
          if (Files.exists(place) && !Files.exists(tools.resolve(tool))) {
            Files.createSymbolicLink(tools.resolve(tool), place);
          }
        }
      }
    }
    return tools.toString();
  }

  private static Path jdk(Path home, String version) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"" + home + " $*\"\n");
    Files.writeString(bin.resolve("javac"), "#!/bin/sh\n");
    for (String program : new String[] {"java", "javac"}) {
      Files.setPosixFilePermissions(
          bin.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return home;
  }
}
