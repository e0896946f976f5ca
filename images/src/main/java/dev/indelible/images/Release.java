package dev.indelible.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The kustomize component that names the images of a release by digest.
final class Release {

  /// How the manifests call our images before a release says where they are.
  static final String PREFIX = "indelible";

  private Release() {}

  static void write(Path file, String prefix, Map<String, String> digests) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Written by `images` (k8s/README.md). A digest, not a tag, names what was built and tested.
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            images:
            """);
    digests.forEach(
        (name, digest) -> {
          text.append("  - name: ").append(PREFIX).append('/').append(name).append('\n');
          if (!prefix.equals(PREFIX)) {
            text.append("    newName: ").append(prefix).append('/').append(name).append('\n');
          }
          text.append("    digest: ").append(digest).append('\n');
        });
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
