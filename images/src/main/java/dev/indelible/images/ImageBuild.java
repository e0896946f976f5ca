package dev.indelible.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// Builds images from nothing: system libraries, a Java runtime, one program. No shell, no package
/// manager, no file that its user may write.
///
/// The same inputs give the same digest: every time stamp, owner and permission is set by us.
final class ImageBuild {

  /// Numeric, so that Kubernetes can see that it is not root.
  static final String USER = "65532:65532";

  private final Path work;
  private final List<FileEntriesLayer> base;

  private ImageBuild(Path work, List<FileEntriesLayer> base) {
    this.work = work;
    this.base = base;
  }

  /// Prepares what all images share.
  ///
  /// @param work folder for intermediate files
  static ImageBuild in(Path work) throws IOException {
    Path runtime = JavaRuntime.link(work.resolve("java"));
    return new ImageBuild(
        work, List.of(Layers.system(runtime, work), Layers.runtime(runtime, work)));
  }

  /// Builds an image and delivers it, to a file or to a registry.
  ///
  /// @return the digest of its manifest, the same wherever it is delivered
  String build(Program program, Containerizer target) throws IOException {
    target
        .setToolName("indelible")
        .setOfflineMode(false)
        .setBaseImageLayersCache(work.resolve("cache/base"))
        .setApplicationLayersCache(work.resolve("cache/layers"));
    try {
      return image(program).containerize(target).getDigest().toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (RegistryException | CacheDirectoryCreationException | ExecutionException e) {
      throw new IOException("building " + program.name() + ": " + e.getMessage(), e);
    }
  }

  private JibContainerBuilder image(Program program) throws IOException {
    List<FileEntriesLayer> layers = new ArrayList<>(base);
    layers.addAll(Layers.program(program));
    List<String> entrypoint = new ArrayList<>(List.of("/opt/java/bin/java", "-XX:+UseSerialGC"));
    // Heap follows the memory limit of the container; the rest is for code, stacks and buffers.
    entrypoint.add("-XX:MaxRAMPercentage=50");
    entrypoint.add("-XX:+ExitOnOutOfMemoryError");
    entrypoint.addAll(program.command());
    return Jib.fromScratch()
        .setFormat(ImageFormat.OCI)
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .setFileEntriesLayers(layers)
        .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
        .setUser(USER)
        .setLabels(Map.of("org.opencontainers.image.licenses", "Apache-2.0"))
        .setEntrypoint(entrypoint);
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> throw new IllegalStateException("no images for " + other);
    };
  }
}
