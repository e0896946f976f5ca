package dev.indelible.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Go's own transparency log packages (golang.org/x/mod/sumdb/note and tlog), and go-cose.
class GoTest {
  /// What was not fetched before is not fetched by a test.
  private static final Map<String, String> OFFLINE =
      Map.of("GOPROXY", "off", "GOTOOLCHAIN", "local", "GOFLAGS", "-mod=readonly");

  @TempDir Path folder;

  @Test
  void checksTheLog() throws Exception {
    Optional<Program> go = Program.find("go", "/usr/local/go/bin");
    Path script = RunningLedger.stack().root().resolve("interop/go");
    Assumptions.assumeTrue(go.isPresent(), "no go on the PATH");
    Path binary = folder.resolve("verify");
    Program.Result built =
        go.get().run(script, OFFLINE, List.of("build", "-o", binary.toString(), "."));
    Program.requirePackages(
        built.status() == 0, "modules missing: go -C interop/go mod download\n" + built.output());
    LiveLog log = RunningLedger.log();
    assertTrue(log.head().size() > 300, "the log does not fill a tile");
    CoseFiles.write(log, folder);
    List<String> arguments =
        List.of(log.base(), log.name(), log.policy().toString(), folder.toString());
    Program.Result result = new Program(binary).run(script, Map.of(), arguments);
    assertEquals(0, result.status(), result.output());
    assertTrue(result.output().contains("all of it holds"), result.output());
    System.out.println(result.output());
  }
}
