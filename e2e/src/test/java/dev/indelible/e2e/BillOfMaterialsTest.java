package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.indelible.local.Home;
import io.restassured.path.json.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every program that we ship comes with the list of what is in it (CycloneDX).
@Tag("asvs-5.0/15.1.2")
class BillOfMaterialsTest {
  private final Path root = Home.find().root();

  @ParameterizedTest
  @ValueSource(strings = {"claims-service", "trials-service", "ledger-service"})
  void listsEveryJarOfAService(String service) throws Exception {
    JsonPath bill = bill(service);
    List<String> named =
        bill.<Map<String, Object>>getList("components").stream()
            .map(component -> component.get("name") + "-" + component.get("version"))
            .toList();
    Path libraries = root.resolve(service + "/target/quarkus-app/lib/main");
    try (Stream<Path> jars = Files.list(libraries)) {
      String missing =
          jars.map(jar -> jar.getFileName().toString())
              .filter(jar -> named.stream().noneMatch(jar::contains))
              .collect(Collectors.joining("\n"));
      assertEquals("", missing);
    }
  }

  /// JSpecify's are annotations, which nothing needs to run.
  @ParameterizedTest
  @ValueSource(strings = {"witness", "verifier"})
  void whatOutsidersRunIsOursAlone(String program) throws Exception {
    List<String> groups = bill(program).getList("components.group");
    assertEquals(Set.of("dev.indelible", "org.jspecify"), Set.copyOf(groups));
  }

  private JsonPath bill(String module) throws Exception {
    Path file = root.resolve(module + "/target/bom.json");
    boolean written = Files.exists(file);
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(written, "Maven writes no bill of materials without a network");
    }
    assertTrue(written, () -> "no bill of materials: " + file);
    JsonPath bill = JsonPath.from(Files.readString(file));
    assertEquals("CycloneDX", bill.getString("bomFormat"));
    return bill;
  }
}
