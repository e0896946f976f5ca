package dev.indelible.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The layers of an image, the ones that change least first.
final class Layers {

  private static final FilePermissions READ = FilePermissions.fromOctalString("444");
  private static final FilePermissions ENTER = FilePermissions.fromOctalString("555");
  private static final FilePermissions OWN = FilePermissions.fromOctalString("700");
  private static final String ROOT = "0:0";

  /// Source of folder entries, of which only the fact that it is a folder matters.
  private static final Path ANY_FOLDER = Path.of("/");

  private Layers() {}

  /// The C library, and the files by which it finds names.
  static FileEntriesLayer system(Path runtime, Path work) throws IOException {
    Builder layer = new Builder("system");
    for (Path library : SharedLibraries.of(runtime)) {
      layer.file(library.toRealPath(), library.toString(), ENTER);
    }
    Path etc = Files.createDirectories(work.resolve("etc"));
    layer.text(etc, "passwd", "indelible:x:65532:65532::/app:/nonexistent\n");
    layer.text(etc, "group", "indelible:x:65532:\n");
    layer.text(etc, "nsswitch.conf", "hosts: files dns\n");
    return layer.build();
  }

  static FileEntriesLayer runtime(Path runtime, Path work) throws IOException {
    Builder layer = new Builder("java");
    layer.tree(runtime, "/opt/java", path -> true);
    layer.file(probe(work), "/opt/probe/dev/indelible/images/Probe.class", READ);
    return layer.build();
  }

  private static Path probe(Path work) throws IOException {
    try (InputStream in = Objects.requireNonNull(Probe.class.getResourceAsStream("Probe.class"))) {
      return Files.write(work.resolve("Probe.class"), in.readAllBytes());
    }
  }

  /// What we did not write apart from what we wrote: a new build changes the smaller one only.
  static List<FileEntriesLayer> program(Program program) throws IOException {
    Builder libraries = new Builder("libraries");
    Builder code = new Builder("program");
    Predicate<Path> library = path -> path.startsWith("lib") && !isOurs(path);
    libraries.tree(program.files(), "/app", path -> program.carries(path) && library.test(path));
    code.tree(
        program.files(), "/app", path -> program.carries(path) && library.negate().test(path));
    code.folder("/tmp");
    code.state("/var/lib/indelible");
    return List.of(libraries.build(), code.build());
  }

  private static boolean isOurs(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith("dev.indelible.")
        || name.startsWith("transparency-")
        || name.startsWith("witness-");
  }

  /// A layer in the making; each folder is entered once, before what it holds.
  private static final class Builder {
    private final FileEntriesLayer.Builder layer;
    private final SortedSet<String> folders = new TreeSet<>();

    Builder(String name) {
      layer = FileEntriesLayer.builder().setName(name);
    }

    void tree(Path from, String to, Predicate<Path> carried) throws IOException {
      List<Path> files = new ArrayList<>();
      try (Stream<Path> all = Files.walk(from)) {
        all.filter(Files::isRegularFile).map(from::relativize).filter(carried).forEach(files::add);
      }
      files.sort(null);
      for (Path file : files) {
        Path source = from.resolve(file);
        file(source, to + "/" + file, Files.isExecutable(source) ? ENTER : READ);
      }
    }

    void file(Path source, String target, FilePermissions permissions) {
      folder(parent(target));
      layer.addEntry(
          source, AbsoluteUnixPath.get(target), permissions, Instant.EPOCH.plusSeconds(1), ROOT);
    }

    void text(Path folder, String name, String content) throws IOException {
      file(Files.writeString(folder.resolve(name), content), "/etc/" + name, READ);
    }

    void folder(String path) {
      if (path.isEmpty() || !folders.add(path)) {
        return;
      }
      folder(parent(path));
      layer.addEntry(
          ANY_FOLDER, AbsoluteUnixPath.get(path), ENTER, Instant.EPOCH.plusSeconds(1), ROOT);
    }

    /// The one folder that the program owns: a fresh volume mounted here takes over its owner.
    void state(String path) {
      folder(parent(path));
      Instant time = Instant.EPOCH.plusSeconds(1);
      layer.addEntry(ANY_FOLDER, AbsoluteUnixPath.get(path), OWN, time, ImageBuild.USER);
    }

    FileEntriesLayer build() {
      return layer.build();
    }

    private static String parent(String path) {
      return path.substring(0, path.lastIndexOf('/'));
    }
  }
}
