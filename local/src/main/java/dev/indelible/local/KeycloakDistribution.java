package dev.indelible.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Keycloak as published, unpacked and built for PostgreSQL once per version. Building takes some
/// twenty seconds and is the same for everybody.
///
/// @param folder the distribution's own layout: `bin/`, `conf/`, `lib/`
/// @param archive the published zip, fetched by the build
record KeycloakDistribution(Path folder, Path archive) {

  static KeycloakDistribution of(Home home) {
    String version = Versions.pinned().keycloak();
    return new KeycloakDistribution(
        home.cache().resolve("keycloak-" + version),
        home.root().resolve("local/target/dist/keycloak-" + version + ".zip"));
  }

  /// What starts it.
  Path jar() {
    return folder.resolve("lib/quarkus-run.jar");
  }

  boolean isBuilt() {
    return CachedFolder.exists(folder);
  }

  void build() {
    try {
      CachedFolder.make(folder, into -> build(archive, into));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare Keycloak in " + folder, e);
    }
  }

  /// A home of one installation: the programs by link, the data its own.
  void linkInto(Path place) throws IOException {
    Files.createDirectories(place);
    for (String part : List.of("bin", "conf", "lib", "providers", "themes")) {
      Path link = place.resolve(part);
      if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).startsWith(folder)) {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, folder.resolve(part));
      }
    }
  }

  private static void build(Path archive, Path folder) throws IOException {
    if (!Files.exists(archive)) {
      throw new LocalException(
          "Keycloak is not fetched: " + archive, "build first: ./indelible up");
    }
    unpack(archive, folder);
    ProcessBuilder build =
        new ProcessBuilder(
            folder.resolve("bin/kc.sh").toString(),
            "build",
            "--db=postgres",
            "--health-enabled=true",
            "--metrics-enabled=true");
    build.environment().put("JAVA_HOME", System.getProperty("java.home"));
    build.environment().keySet().removeIf(variable -> variable.startsWith("KC_"));
    // It ends before the optimising compiler has earned what it costs.
    build.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    Process process = build.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new LocalException("kc.sh build failed:\n" + output, "delete " + folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Entries lose the first folder of their name, which holds the version.
  private static void unpack(Path archive, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, target);
          }
        }
      }
    }
    Files.setPosixFilePermissions(
        folder.resolve("bin/kc.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
