package dev.indelible.transparency.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.Testdata;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// COSE that others made.
class CoseVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private static JsonObject object(JsonObject parent, String name) {
    return (JsonObject) parent.find(name).orElseThrow();
  }

  private static byte[] hex(JsonObject parent, String name) {
    return HEX.parseHex(parent.findString(name).orElseThrow().toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void ed25519OfTheWorkingGroup() {
    JsonObject vector = Testdata.json("cose/eddsa-sig-01.json");
    CoseSign1 sign1 = CoseSign1.parse(hex(object(vector, "output"), "cbor"));
    byte[] message = CoseSign1.toBeSigned(sign1.protectedHeader, sign1.payload);
    assertArrayEquals(hex(object(vector, "intermediates"), "ToBeSign_hex"), message);
    assertEquals(Label.EDDSA, sign1.header().get(Label.ALG));
    byte[] key = hex(object(object(object(vector, "input"), "sign0"), "key"), "x_hex");
    assertTrue(KeyAlgorithm.ED25519.verify(key, message, sign1.signature));
  }

  static List<String> sign1() {
    return Testdata.list("cose").stream().filter(name -> name.matches("(sign|ecdsa)-.*")).toList();
  }

  /// Valid, but not in the part of COSE that our formats use: an empty protected header, external
  /// data, no tag (which RFC 9942 §4.3 asks for).
  private static final List<String> NOT_OURS =
      List.of("sign-pass-01.json", "sign-pass-02.json", "sign-pass-03.json");

  /// ES256 by the JDK: what is judged is our reading and our Sig_structure.
  @ParameterizedTest
  @MethodSource("sign1")
  void es256OfTheWorkingGroup(String name) throws GeneralSecurityException {
    JsonObject vector = Testdata.json("cose/" + name);
    boolean expected = vector.find("fail").isEmpty() && !NOT_OURS.contains(name);
    JsonObject key = object(object(object(vector, "input"), "sign0"), "key");
    assertEquals(expected, holds(hex(object(vector, "output"), "cbor"), p256(key)), name);
  }

  private static boolean holds(byte[] bytes, PublicKey key) throws GeneralSecurityException {
    try {
      CoseSign1 sign1 = CoseSign1.parse(bytes);
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(CoseSign1.toBeSigned(sign1.protectedHeader, sign1.payload));
      return Long.valueOf(-7).equals(sign1.header().get(Label.ALG))
          && verifier.verify(sign1.signature);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static PublicKey p256(JsonObject key) throws GeneralSecurityException {
    byte[] prefix = HEX.parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    byte[] spki = Arrays.copyOf(prefix, prefix.length + 64);
    int at = prefix.length;
    for (String coordinate : List.of("x", "y")) {
      byte[] bytes = Base64.getUrlDecoder().decode(key.findString(coordinate).orElseThrow());
      System.arraycopy(bytes, 0, spki, at, 32);
      at += 32;
    }
    return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
  }

  @Test
  void mlDsaOfRfc9964() {
    JsonObject vector = Testdata.json("ietf/rfc9964-ml-dsa-44.json");
    Map<?, ?> key = (Map<?, ?>) CborReader.read(hex(vector, "keyHex"));
    byte[] raw = (byte[]) key.get(-1L);
    Hash thumbprint = KeyAlgorithm.ML_DSA_44.thumbprint(raw);
    assertArrayEquals((byte[]) key.get(2L), thumbprint.bytes());
    assertEquals(thumbprint, CoseKey.read(key).thumbprint());
    CoseSign1 sign1 = CoseSign1.parse(hex(vector, "sign1Hex"));
    assertArrayEquals(thumbprint.bytes(), (byte[]) sign1.header().get(Label.KID));
    assertEquals(KeyAlgorithm.ML_DSA_44, Label.algorithm(sign1.header().get(Label.ALG)));
    byte[] message = CoseSign1.toBeSigned(sign1.protectedHeader, sign1.payload);
    assertTrue(KeyAlgorithm.ML_DSA_44.verify(raw, message, sign1.signature));
  }

  private static CoseSign1 ofTheIetf(String name) {
    String text = Testdata.text("ietf/" + name).strip();
    return CoseSign1.parse(HexFormat.ofDelimiter(" ").parseHex(text));
  }

  /// Both examples are of one log: the leaf that one includes is the one by which the other
  /// extends.
  @Test
  void receiptsOfRfc9942LeadToOneRoot() {
    CoseSign1 first = ofTheIetf("inclusion-receipt.hex");
    CoseSign1 second = ofTheIetf("consistency-receipt.hex");
    InclusionProof inclusion =
        ((ReceiptProof.Inclusion) ReceiptProof.decode(first.unprotectedHeader.get(Label.VDP)))
            .proof();
    ConsistencyProof consistency =
        ((ReceiptProof.Consistency) ReceiptProof.decode(second.unprotectedHeader.get(Label.VDP)))
            .proof();
    assertEquals(List.of(3L, 5L), List.of(inclusion.index(), inclusion.size()));
    assertEquals(List.of(3L, 5L), List.of(consistency.from(), consistency.to()));
    Hash leaf = consistency.path().get(1);
    Hash older = Hash.node(consistency.path().get(2), consistency.path().get(0));
    assertEquals(
        inclusion.rootFrom(leaf).orElseThrow(),
        consistency.rootFrom(new TreeHead(3, older)).orElseThrow());
    for (CoseSign1 sign1 : List.of(first, second)) {
      assertEquals(Label.RFC9162_SHA256, sign1.header().get(Label.VDS));
      byte[] bytes = sign1.encode();
      // ES256, and no subject: a receipt of RFC 9942, but none of ours.
      assertThrows(IllegalArgumentException.class, () -> CoseReceipt.parse(bytes));
    }
  }

  @Test
  void aStatementOfAnotherKindOfLedgerIsReadAndRefused() {
    byte[] bytes = Testdata.bytes("scitt/uvm_0.2.10.cose");
    CoseSign1 sign1 = CoseSign1.parse(bytes);
    assertArrayEquals(bytes, sign1.encode());
    List<?> receipts = (List<?>) sign1.unprotectedHeader.get(Label.RECEIPTS);
    assertEquals(1, receipts.size());
    byte[] receipt = (byte[]) receipts.getFirst();
    CoseSign1 inner = CoseSign1.parse(receipt);
    assertArrayEquals(receipt, inner.encode());
    assertEquals(2L, inner.header().get(Label.VDS));
    proofs(inner).forEach(proof -> assertArrayEquals(proof, Cbor.encode(CborReader.read(proof))));
    assertThrows(IllegalArgumentException.class, () -> CoseReceipt.parse(receipt));
    assertThrows(IllegalArgumentException.class, () -> TransparentStatement.parse(bytes));
  }

  private static Stream<byte[]> proofs(CoseSign1 receipt) {
    Map<?, ?> proofs = (Map<?, ?>) receipt.unprotectedHeader.get(Label.VDP);
    return ((List<?>) proofs.get(Label.INCLUSION)).stream().map(byte[].class::cast);
  }
}
