package dev.indelible.ledger.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.hsm.Hsm;
import dev.indelible.ledger.hsm.HsmConfig;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files are keys of which log.
class KeyFolderTest {
  @TempDir Path folder;

  private KeyFolder keys;

  @BeforeEach
  void configure() throws IOException {
    keys = new KeyFolder(folder, new Hsm(new NoHardware()));
    pair("claims");
  }

  private record NoHardware() implements HsmConfig {
    @Override
    public Optional<Path> library() {
      return Optional.empty();
    }

    @Override
    public Optional<String> token() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> pin() {
      return Optional.empty();
    }
  }

  private void pair(String name) throws IOException {
    Files.writeString(folder.resolve(name + ".ed25519.pem"), PemKey.generate(KeyAlgorithm.ED25519));
    Files.writeString(
        folder.resolve(name + ".ml-dsa-44.pem"), PemKey.generate(KeyAlgorithm.ML_DSA_44));
  }

  private List<Integer> read(String log) {
    return keys.read(log, "test.example/" + log).stream().map(Generation::number).toList();
  }

  private void refused(String part) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> read("claims"));
    assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal::getMessage);
  }

  @Test
  void generationsAreNumberedInTheirNames() throws IOException {
    pair("claims.2");
    pair("claims.10");
    pair("claims-old");
    for (String other : List.of("claims.1", "claims.02", "claims.x", "xclaims", "claims.2.3")) {
      pair(other);
    }
    assertEquals(List.of(1, 2, 10), read("claims"));
    assertEquals(List.of(1), read("claims-old"));
  }

  @Test
  void aKeyThatWasDestroyedAfterItsRetirementIsNotMissed() throws IOException {
    pair("claims.2");
    Files.delete(folder.resolve("claims.ed25519.pem"));
    Files.delete(folder.resolve("claims.ml-dsa-44.pem"));
    assertEquals(List.of(2), read("claims"));
  }

  @Test
  void halfAGenerationIsRefused() throws IOException {
    pair("claims.2");
    Files.delete(folder.resolve("claims.2.ml-dsa-44.pem"));
    refused("claims.2.ml-dsa-44.pem");
  }

  @Test
  void noKeysAtAllAreRefused() throws IOException {
    Files.delete(folder.resolve("claims.ed25519.pem"));
    Files.delete(folder.resolve("claims.ml-dsa-44.pem"));
    refused("no keys of claims");
  }

  @Test
  void aKeyInTwoPlacesIsRefused() throws IOException {
    Files.writeString(folder.resolve("claims.ed25519.hsm"), "label");
    refused("claims.ed25519.hsm");
  }

  @Test
  void aKeyInHardwareNeedsAConfiguredDeviceAndIsEd25519() throws IOException {
    Files.move(folder.resolve("claims.ed25519.pem"), folder.resolve("claims.ed25519.hsm"));
    refused("indelible.ledger.hsm.library");
    Files.delete(folder.resolve("claims.ed25519.hsm"));
    Files.writeString(folder.resolve("claims.ed25519.pem"), PemKey.generate(KeyAlgorithm.ED25519));
    Files.move(folder.resolve("claims.ml-dsa-44.pem"), folder.resolve("claims.ml-dsa-44.hsm"));
    refused("only Ed25519");
  }
}
