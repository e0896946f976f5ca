package dev.indelible.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.witness.testing.Program;
import dev.indelible.witness.testing.TestLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as other organisations start it.
class WitnessMainTest {

  @TempDir Path folder;
  private Path keys;
  private Path policy;
  private Path seen;

  @BeforeEach
  void prepare() throws Exception {
    keys =
        Files.writeString(
            folder.resolve("key.pem"), RunningWitness.ED25519 + RunningWitness.ML_DSA_44);
    policy =
        Files.writeString(
            folder.resolve("policy"),
            TestLog.create("log.example/a").policyLines() + "quorum none\n");
    seen = folder.resolve("seen");
  }

  @Test
  void oneProcessHasTheFolderUntilItDies() throws Exception {
    try (Program first = start()) {
      assertTrue(first.line().startsWith("witness on port "));
      assertEquals(RunningWitness.NAME, VerifierKey.parse(first.line()).name());
      assertEquals(RunningWitness.NAME, VerifierKey.parse(first.line()).name());
      try (Program second = start()) {
        assertEquals(4, second.exit());
        String said = second.rest();
        assertTrue(said.contains("another process has locked the folder " + seen), said);
      }
      assertTrue(first.isAlive());
      first.kill();
    }
    try (Program third = start()) {
      assertTrue(third.line().startsWith("witness on port "));
    }
  }

  @Test
  void makesKeysOnceAndForItsOwnerOnly() throws Exception {
    keys = folder.resolve("new.pem");
    try (Program maker = Program.start(WitnessMain.class, "--new-keys", keys.toString())) {
      assertEquals(0, maker.exit());
    }
    String made = Files.readString(keys);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
    try (Program again = Program.start(WitnessMain.class, "--new-keys", keys.toString())) {
      assertEquals(4, again.exit());
    }
    assertEquals(made, Files.readString(keys));
    try (Program witness = start()) {
      assertTrue(witness.line().startsWith("witness on port "));
      assertEquals(KeyType.ED25519_COSIGNATURE, VerifierKey.parse(witness.line()).type());
      assertEquals(KeyType.ML_DSA_44_COSIGNATURE, VerifierKey.parse(witness.line()).type());
    }
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    try (Program nothing = Program.start(WitnessMain.class)) {
      assertEquals(2, nothing.exit());
      assertTrue(nothing.rest().contains("NAME KEYS POLICY FOLDER PORT [HOST]"));
    }
    Files.writeString(policy, "log nonsense\n");
    try (Program wrong = start()) {
      assertEquals(2, wrong.exit());
      assertTrue(wrong.rest().contains("policy line 1"));
    }
    Files.delete(policy);
    try (Program missing = start()) {
      assertEquals(4, missing.exit());
      assertTrue(missing.rest().contains(policy.toString()));
    }
  }

  private Program start() throws Exception {
    return Program.start(
        WitnessMain.class,
        RunningWitness.NAME,
        keys.toString(),
        policy.toString(),
        seen.toString(),
        "0");
  }
}
