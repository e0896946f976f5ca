package dev.indelible.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Node with noble's Ed25519 and ML-DSA and cbor-x: signatures, cosignatures, entries, COSE
/// receipts.
class NodeTest {
  @TempDir Path folder;

  @Test
  void checksTheLog() throws Exception {
    Optional<Program> node = Program.find("node");
    Path script = RunningLedger.stack().root().resolve("interop/node");
    Assumptions.assumeTrue(node.isPresent(), "no node on the PATH");
    Program.requirePackages(
        Files.isDirectory(script.resolve("node_modules")),
        "packages missing: npm install --omit=optional --ignore-scripts --no-package-lock --prefix interop/node");
    LiveLog log = RunningLedger.log();
    assertTrue(log.head().size() > 300, "the log does not fill a tile");
    Path state = RunningLedger.stack().state();
    CoseFiles.write(log, folder);
    List<String> arguments =
        List.of(
            "verify.mjs",
            log.base(),
            log.name(),
            log.policy().toString(),
            state.resolve("issuers").toString(),
            folder.toString());
    Program.Result result = node.get().run(script, Map.of(), arguments);
    assertEquals(0, result.status(), result.output());
    assertTrue(result.output().contains("all of it holds"), result.output());
    System.out.println(result.output());
  }
}
