package dev.indelible.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs, unpacked once from the archive on the class path.
///
/// @param folder holds `bin/`, `lib/` and `share/`
record PostgresBinaries(Path folder) {

  static PostgresBinaries under(Path cache) {
    return new PostgresBinaries(cache.resolve("postgres-" + Versions.pinned().postgres()));
  }

  /// Unpacks them unless they are there.
  void unpack() {
    try {
      CachedFolder.make(folder, PostgresBinaries::unpack);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack PostgreSQL into " + folder, e);
    }
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private static void unpack(Path folder) throws IOException {
    String archive = archive();
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (packed == null) {
        throw new LocalException(
            "No PostgreSQL for this machine: " + archive + " is not on the class path",
            "build on Linux x86-64, Linux arm64 or macOS arm64");
      }
      TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(folder, entry, tar);
      }
    }
  }

  private static void write(Path folder, TarArchiveEntry entry, InputStream content)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String archive() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = machine.equals("aarch64");
    return "postgres-"
        + (system.contains("mac") ? "darwin" : "linux")
        + "-"
        + (arm ? "arm_64" : "x86_64")
        + ".txz";
  }
}
