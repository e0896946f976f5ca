package dev.indelible.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.policy.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

  private static final List<String> WITNESSES =
      List.of("http://localhost:1", "http://localhost:2", "http://localhost:3");

  @TempDir Path folder;

  @Test
  void thePolicyNamesBothLogsUnderBothAlgorithmsAndThreeWitnesses() throws IOException {
    TrustPolicy policy =
        TrustPolicy.parse(Files.readString(new KeyRing(folder).writePolicy(WITNESSES)));

    assertEquals(2, policy.logKeys("demo.indelible.example/claims").size());
    assertEquals(2, policy.logKeys("demo.indelible.example/trials").size());
    assertEquals(WITNESSES, policy.witnesses().stream().map(w -> w.url().orElseThrow()).toList());
  }

  @Test
  void keysStayTheSame() throws IOException {
    KeyRing first = new KeyRing(folder);
    String policy = Files.readString(first.writePolicy(WITNESSES));
    String issuers = Files.readString(first.writeIssuers());
    String match = Files.readString(first.matchKey());
    String kek = Files.readString(first.kek("claims-service"));

    KeyRing second = new KeyRing(folder);
    assertEquals(policy, Files.readString(second.writePolicy(WITNESSES)));
    assertEquals(issuers, Files.readString(second.writeIssuers()));
    assertEquals(match, Files.readString(second.matchKey()));
    assertEquals(kek, Files.readString(second.kek("claims-service")));
    assertNotEquals(kek, Files.readString(second.kek("trials-service")));
    assertEquals(32, Base64.getDecoder().decode(kek.strip()).length);
    assertEquals(32, Base64.getDecoder().decode(match.strip()).length);
  }

  @Test
  void theNextKeysAreNamedBesidesTheOldOnesAlsoWhenThoseAreDestroyed() throws IOException {
    KeyRing keys = new KeyRing(folder);
    Path logs = keys.logKeys();
    List<String> before = Files.readAllLines(keys.writePolicy(WITNESSES));
    assertEquals(2, keys.makeNextLogKeys("claims"));
    List<String> both = Files.readAllLines(keys.writePolicy(WITNESSES));
    assertTrue(both.containsAll(before));
    assertEquals(before.size() + 2, both.size());
    TrustPolicy policy = TrustPolicy.parse(String.join("\n", both));
    assertEquals(4, policy.logKeys("demo.indelible.example/claims").size());

    Files.delete(logs.resolve("claims.ed25519.pem"));
    Files.delete(logs.resolve("claims.ml-dsa-44.pem"));
    assertEquals(both, Files.readAllLines(new KeyRing(folder).writePolicy(WITNESSES)));
    assertTrue(Files.notExists(logs.resolve("claims.ed25519.pem")));
    assertEquals(3, keys.makeNextLogKeys("claims"));
    assertThrows(LocalException.class, () -> keys.makeNextLogKeys("others"));
  }

  @Test
  void onlyTheOwnerMayReadAnyFile() throws IOException {
    KeyRing keys = new KeyRing(folder);
    keys.writePolicy(WITNESSES);
    keys.writeIssuers();
    keys.matchKey();
    keys.kek("claims-service");
    new Secrets(folder.resolve("secrets.properties")).of("database.claims");

    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertTrue(all.size() >= 14, all::toString);
      for (Path file : all) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals("rw-------", mode, file::toString);
      }
    }
  }
}
