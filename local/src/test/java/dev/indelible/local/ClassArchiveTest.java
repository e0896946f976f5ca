package dev.indelible.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir private Path folder;
  private Path jar;
  private ClassArchive archive;

  /// Says that it runs.
  static final class Program {
    public static void main(String[] arguments) {
      System.out.println("runs");
    }
  }

  @BeforeEach
  void build() throws Exception {
    Path program = Files.createDirectory(folder.resolve("program"));
    jar = program.resolve("run.jar");
    archive = ClassArchive.beside(program, List.of(jar));
    write(jar);
  }

  private static void write(Path jar) throws Exception {
    String entry = Program.class.getName().replace('.', '/') + ".class";
    try (InputStream bytes = Program.class.getResourceAsStream("/" + entry);
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(entry));
      bytes.transferTo(zip);
    }
  }

  @Test
  void theNextStartTakesItsClassesFromIt() throws Exception {
    assertEquals(List.of(), archive.use());
    Path draft = folder.resolve("left");
    assertEquals("runs\n", run(ClassArchive.leave(draft)));
    assertFalse(archive.isMade());
    archive.adopt(draft);
    assertTrue(archive.isMade());
    assertEquals("runs\n", run(archive.use()));
    assertTrue(takesItsClassFromIt());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count(), "something is left over");
    }
  }

  @Test
  void oneOfAnEarlierBuildIsNotTaken() throws Exception {
    Files.createFile(archive.file());
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
    assertFalse(archive.isMade());
    assertEquals(List.of(), archive.use());
  }

  /// Of another JDK, or damaged.
  @Test
  void oneThatDoesNotFitIsIgnoredInSilence() throws Exception {
    Files.writeString(archive.file(), "no archive");
    assertTrue(archive.isMade());
    assertEquals("runs\n", run(archive.use()));
    assertFalse(takesItsClassFromIt());
  }

  /// A process that was killed leaves nothing.
  @Test
  void withoutADraftThereIsNone() {
    archive.adopt(folder.resolve("left"));
    assertFalse(archive.isMade());
  }

  private boolean takesItsClassFromIt() throws Exception {
    List<String> options = new ArrayList<>(archive.use());
    options.add("-Xlog:class+load");
    return run(options).contains(Program.class.getName() + " source: shared objects file (top)");
  }

  private String run(List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of(Java.executable()));
    command.addAll(options);
    command.addAll(List.of("-cp", jar.toString(), Program.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
