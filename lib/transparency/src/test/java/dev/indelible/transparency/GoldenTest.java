package dev.indelible.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.note.VerifierKey;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Values that other implementations computed: Go's `sumdb/note` and `sumdb/tlog` 0.7.0, Bouncy
/// Castle's `MTCCosignedSubtree` 1.87.
class GoldenTest {
  private static final List<Hash> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(hex -> Hash.leaf(HexFormat.of().parseHex(hex)))
          .toList();

  @Test
  void roots() {
    assertEquals("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Hash.EMPTY_TREE.toBase64());
    assertRoot(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertRoot(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    assertRoot(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
    assertRoot(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  private static void assertRoot(int size, String hex) {
    assertEquals(hex, head(size).root().toHex());
  }

  private static TreeHead head(int size) {
    return CompactRange.EMPTY.append(LEAVES.subList(0, size)).head();
  }

  @Test
  void verifierKeyAndSignature() {
    NoteSigner signer =
        NoteSigner.of("ledger.example/claims", KeyType.ED25519, TestKeys.ed25519Counting());
    String vkey = "ledger.example/claims+e827a818+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    assertEquals(vkey, signer.key().vkey());
    assertEquals(signer.key(), VerifierKey.parse(vkey));

    String text = new Checkpoint("ledger.example/claims", TreeHead.EMPTY).text();
    var line = signer.sign(text, 0);
    assertEquals(
        "— ledger.example/claims 6CeoGDenrg0ycSpw6zWted98hWrU8vX6vw/LR9byVi1AvunkLu4CIBP44K6KGfwy7bLwkM"
            + "/rtk8GfnbfnYXjISpVuQQ=\n",
        line.line());
    assertTrue(signer.key().verify(text, line));
  }

  @Test
  void messageOfAPostQuantumCosignature() {
    VerifierKey key = TestKeys.zeroKey("oid/1.3.6.1.4.1.32473.1", KeyType.ML_DSA_44_COSIGNATURE);
    String text = new Checkpoint("oid/1.3.6.1.4.1.32473.2", head(8)).text();
    assertEquals(
        "737562747265652f76310a00"
            + "17"
            + HexFormat.of().formatHex("oid/1.3.6.1.4.1.32473.1".getBytes())
            + "000000006553f100"
            + "17"
            + HexFormat.of().formatHex("oid/1.3.6.1.4.1.32473.2".getBytes())
            + "0000000000000000"
            + "0000000000000008"
            + "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        HexFormat.of().formatHex(TestKeys.signedMessage(key, text, 1_700_000_000)));
  }

  @Test
  void keysHaveTheLengthsOfTheirStandards() {
    assertEquals(32, KeyAlgorithm.ED25519.publicKeyBytes());
    assertEquals(1312, KeyAlgorithm.ML_DSA_44.publicKeyBytes());
  }
}
