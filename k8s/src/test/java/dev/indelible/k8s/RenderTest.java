package dev.indelible.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Renders every overlay with kubectl: no warning, and no difference from what is committed under
/// `rendered/`, so that a review sees what a change does. `-Dindelible.update=true` rewrites it.
class RenderTest {

  @TempDir static Path scratch;

  @BeforeAll
  static void kubectlIsThere() throws Exception {
    try {
      new ProcessBuilder("kubectl", "version", "--client")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      String message = "kubectl is not on the PATH: manifests were not rendered";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message, e);
      }
      System.out.println("SKIPPED: " + message);
      abort(message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void overlayRendersToWhatIsCommitted(String overlay) throws Exception {
    String rendered = render(Repository.path("k8s/overlays/" + overlay));

    Path committed = Repository.path("k8s/rendered/" + overlay + ".yaml");
    if (Boolean.getBoolean("indelible.update")) {
      Files.writeString(committed, rendered);
    }
    assertEquals(Files.readString(committed), rendered, "rendered/" + overlay + ".yaml is old");
  }

  @Test
  void realmImportRenders() throws Exception {
    RealmImportTest.update();
    assertFalse(render(Repository.path("k8s/overlays/prod/realm")).isEmpty());
  }

  /// With stand-ins for the files that only exist on a developer's machine.
  @Test
  void developmentSecretsRender() throws Exception {
    String file = "k8s/overlays/dev/secrets/kustomization.yaml";
    Files.writeString(scratch.resolve("kustomization.yaml"), Repository.text(file));
    for (JsonNode secret :
        Repository.yaml(Repository.text(file)).getFirst().path("secretGenerator")) {
      for (JsonNode source : secret.path("files")) {
        stub(source.asText().replaceFirst("^[^/]*=", ""), "stand-in");
      }
    }
    assertFalse(render(scratch).isEmpty());
  }

  private static void stub(String name, String content) throws IOException {
    Path file = scratch.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String render(Path folder) throws Exception {
    Path errors = scratch.resolve("errors");
    Process process =
        new ProcessBuilder("kubectl", "kustomize", folder.toString())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    assertEquals("", Files.readString(errors), "warnings of kubectl kustomize " + folder);
    assertEquals(0, exit);
    return output;
  }
}
