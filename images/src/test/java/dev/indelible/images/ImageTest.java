package dev.indelible.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds an image of a real, packaged program and looks inside.
class ImageTest {

  private static final Path ROOT =
      Path.of(System.getProperty("indelible.root", "..")).toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void buildsTheSameLockedDownImageTwice() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "images are made on Linux");
    Program program = firstPackaged();
    Path first = folder.resolve("first.tar");
    Path second = folder.resolve("second.tar");

    String digest = build(program, first, "a");

    assertTrue(digest.matches("sha256:[0-9a-f]{64}"), digest);
    assertEquals(digest, build(program, second, "b"), "two builds of the same files");
    String config = config(first);
    assertTrue(config.contains("\"User\":\"65532:65532\""), config);
    assertTrue(config.contains("\"Entrypoint\":[\"/opt/java/bin/java\","), config);
    assertTrue(config.contains(program.command().getLast()), config);
    inspectFiles(first);
  }

  private String build(Program program, Path tar, String work) throws Exception {
    TarImage image = TarImage.at(tar).named("indelible/" + program.name() + ":test");
    Path own = Files.createDirectories(folder.resolve(work));
    return ImageBuild.in(own).build(program, Containerizer.to(image));
  }

  private static Program firstPackaged() {
    List<Program> packaged =
        Program.names().stream()
            .map(name -> Program.of(ROOT, name))
            .filter(ImageTest::isPackaged)
            .toList();
    assumeTrue(!packaged.isEmpty(), "no program is packaged; mvn package comes first");
    return packaged.getFirst();
  }

  private static boolean isPackaged(Program program) {
    return Files.exists(program.files().resolve("quarkus-run.jar"))
        || Files.isDirectory(program.files().resolve("lib"));
  }

  private static String config(Path tar) throws IOException {
    Map<String, byte[]> blobs = blobs(tar);
    return blobs.values().stream()
        .filter(blob -> blob.length > 0 && blob[0] == '{')
        .map(String::new)
        .filter(text -> text.contains("\"rootfs\""))
        .findFirst()
        .orElseThrow();
  }

  private static void inspectFiles(Path tar) throws IOException {
    boolean java = false;
    boolean loader = false;
    for (byte[] blob : blobs(tar).values()) {
      if (blob.length < 2 || (blob[0] & 0xff) != 0x1f) {
        continue;
      }
      try (var layer =
          new TarArchiveInputStream(new GZIPInputStream(new java.io.ByteArrayInputStream(blob)))) {
        for (TarArchiveEntry entry; (entry = layer.getNextEntry()) != null; ) {
          String name = entry.getName();
          java |= name.endsWith("opt/java/bin/java");
          loader |= name.contains("ld-linux");
          if (name.equals("var/lib/indelible/")) {
            assertEquals(65532, entry.getLongUserId(), name);
          } else {
            assertEquals(0, entry.getMode() & 0222, name + " can be written");
            assertEquals(0, entry.getLongUserId(), name);
          }
          assertFalse(name.matches("(usr/)?bin/(ba)?sh"), "a shell");
        }
      }
    }
    assertTrue(java, "the Java launcher");
    assertTrue(loader, "the loader of the C library");
  }

  private static Map<String, byte[]> blobs(Path tar) throws IOException {
    Map<String, byte[]> blobs = new HashMap<>();
    try (InputStream in = Files.newInputStream(tar);
        var archive = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry; (entry = archive.getNextEntry()) != null; ) {
        blobs.put(entry.getName(), archive.readAllBytes());
      }
    }
    return blobs;
  }
}
