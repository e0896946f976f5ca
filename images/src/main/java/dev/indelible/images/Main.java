package dev.indelible.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Builds every image of a packaged repository.
///
/// ```
/// images ROOT VERSION             writes images/target/<name>.tar
/// images ROOT VERSION PREFIX      pushes to PREFIX/<name>:VERSION, credentials from the environment
///                                 (REGISTRY_USERNAME, REGISTRY_PASSWORD)
/// ```
///
/// Either way it prints name and digest of each image and writes
/// `k8s/components/release/kustomization.yaml`, by which the prod overlay names them.
public final class Main {

  private Main() {}

  /// Builds; see the class comment for the arguments.
  public static void main(String[] args) throws IOException, InvalidImageReferenceException {
    if (args.length < 2 || args.length > 3) {
      System.err.println("usage: images ROOT VERSION [REGISTRY-PREFIX]");
      System.exit(2);
    }
    Path root = Path.of(args[0]);
    Path target = Files.createDirectories(root.resolve("images/target"));
    ImageBuild build = ImageBuild.in(target);
    Map<String, String> digests = new LinkedHashMap<>();
    for (String name : Program.names()) {
      Optional<String> prefix = args.length == 3 ? Optional.of(args[2]) : Optional.empty();
      String digest = build.build(Program.of(root, name), to(target, name, args[1], prefix));
      System.out.println(name + " " + digest);
      digests.put(name, digest);
    }
    String prefix = args.length == 3 ? args[2] : Release.PREFIX;
    Release.write(root.resolve("k8s/components/release/kustomization.yaml"), prefix, digests);
  }

  private static Containerizer to(
      Path target, String name, String version, Optional<String> registry)
      throws InvalidImageReferenceException {
    if (registry.isEmpty()) {
      String reference = Release.PREFIX + "/" + name + ":" + version;
      return Containerizer.to(TarImage.at(target.resolve(name + ".tar")).named(reference));
    }
    RegistryImage image = RegistryImage.named(registry.get() + "/" + name + ":" + version);
    String user = System.getenv("REGISTRY_USERNAME");
    String password = System.getenv("REGISTRY_PASSWORD");
    return Containerizer.to(
        user == null || password == null ? image : image.addCredential(user, password));
  }
}
