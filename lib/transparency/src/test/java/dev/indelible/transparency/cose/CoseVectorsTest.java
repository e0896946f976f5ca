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
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
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

  static List<String> sign1() {
    return Testdata.list("cose").stream().filter(name -> name.endsWith(".json")).toList();
  }

  /// Valid, but not in the part of COSE that our formats use: an empty protected header, external
  /// data, no tag (which RFC 9942 §4.3 asks for).
  private static final List<String> NOT_OURS =
      List.of("sign-pass-01.json", "sign-pass-02.json", "sign-pass-03.json");

  /// By the JDK's algorithms: what is judged is our reading and our Sig_structure.
  @ParameterizedTest
  @MethodSource("sign1")
  void signaturesOfTheWorkingGroup(String name) throws GeneralSecurityException {
    JsonObject vector = Testdata.json("cose/" + name);
    boolean expected = vector.find("fail").isEmpty() && !NOT_OURS.contains(name);
    JsonObject input = object(object(vector, "input"), "sign0");
    byte[] bytes = hex(object(vector, "output"), "cbor");
    assertEquals(expected, holds(bytes, input), name);
    if (expected) {
      CoseSign1 sign1 = CoseSign1.parse(bytes);
      assertArrayEquals(
          hex(object(vector, "intermediates"), "ToBeSign_hex"),
          CoseSign1.toBeSigned(sign1.protectedHeader, sign1.payload));
    }
  }

  @Test
  void ourAlgorithmOnItsOwn() {
    JsonObject vector = Testdata.json("cose/eddsa-sig-01.json");
    CoseSign1 sign1 = CoseSign1.parse(hex(object(vector, "output"), "cbor"));
    byte[] message = CoseSign1.toBeSigned(sign1.protectedHeader, sign1.payload);
    assertEquals(Label.EDDSA, sign1.header().get(Label.ALG));
    byte[] key = hex(object(object(object(vector, "input"), "sign0"), "key"), "x_hex");
    assertTrue(KeyAlgorithm.ED25519.verify(key, message, sign1.signature));
  }

  private static boolean holds(byte[] bytes, JsonObject input) throws GeneralSecurityException {
    String name = input.findString("alg").orElseThrow();
    try {
      CoseSign1 sign1 = CoseSign1.parse(bytes);
      Signature verifier = Signature.getInstance(JDK_NAMES.get(name));
      verifier.initVerify(key(object(input, "key")));
      verifier.update(CoseSign1.toBeSigned(sign1.protectedHeader, sign1.payload));
      return ALGORITHMS.get(name).equals(sign1.header().get(Label.ALG))
          && verifier.verify(sign1.signature);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static final Map<String, Long> ALGORITHMS =
      Map.of("ES256", -7L, "ES384", -35L, "ES512", -36L, "EdDSA", -8L);

  private static final Map<String, String> JDK_NAMES =
      Map.of(
          "ES256", "SHA256withECDSAinP1363Format",
          "ES384", "SHA384withECDSAinP1363Format",
          "ES512", "SHA512withECDSAinP1363Format",
          "EdDSA", "EdDSA");

  private static PublicKey key(JsonObject key) throws GeneralSecurityException {
    String curve = key.findString("crv").orElseThrow();
    if (curve.startsWith("Ed")) {
      // SubjectPublicKeyInfo of RFC 8410.
      String prefix =
          curve.equals("Ed448") ? "3043300506032b6571033a00" : "302a300506032b6570032100";
      byte[] spki = HEX.parseHex(prefix + HEX.formatHex(hex(key, "x_hex")));
      return KeyFactory.getInstance("EdDSA").generatePublic(new X509EncodedKeySpec(spki));
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp" + curve.substring(2) + "r1"));
    ECPoint point = new ECPoint(coordinate(key, "x"), coordinate(key, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger coordinate(JsonObject key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.findString(name).orElseThrow()));
  }

  static List<String> others() {
    return Testdata.list("cose/other").stream()
        .flatMap(group -> Testdata.list("cose/other/" + group).stream().map(it -> group + "/" + it))
        .toList();
  }

  /// COSE_Sign, COSE_Mac, COSE_Encrypt and their kin are read as nothing of ours. They are CBOR,
  /// though, and come back as they were.
  @ParameterizedTest
  @MethodSource("others")
  void otherStructuresOfTheWorkingGroup(String name) {
    byte[] bytes = hex(object(Testdata.json("cose/other/" + name), "output"), "cbor");
    assertArrayEquals(bytes, Cbor.encode(CborReader.read(bytes)), name);
    assertThrows(IllegalArgumentException.class, () -> CoseSign1.parse(bytes), name);
    assertThrows(IllegalArgumentException.class, () -> Entry.parse(bytes), name);
    assertThrows(IllegalArgumentException.class, () -> CoseReceipt.parse(bytes), name);
    assertThrows(IllegalArgumentException.class, () -> TransparentStatement.parse(bytes), name);
  }

  @Test
  void everyVectorOfTheWorkingGroupIsHere() {
    assertEquals(List.of(18, 44), List.of(sign1().size(), others().size()));
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

  /// A signed statement by somebody else's tool, under a certificate of its own: it is COSE and its
  /// signature holds, and it is no entry of ours.
  @Test
  void aStatementUnderACertificateIsReadAndRefused() throws Exception {
    byte[] bytes = Testdata.bytes("scitt/cosesign1tool-scitt-a3be7e5.cose");
    CoseSign1 sign1 = CoseSign1.parse(bytes);
    assertArrayEquals(bytes, sign1.encode());
    assertEquals(-7L, sign1.header().get(Label.ALG));
    byte[] leaf = (byte[]) ((List<?>) sign1.header().get(33L)).getFirst();
    Certificate certificate =
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(leaf));
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(certificate.getPublicKey());
    verifier.update(CoseSign1.toBeSigned(sign1.protectedHeader, sign1.payload));
    assertTrue(verifier.verify(sign1.signature));
    assertThrows(IllegalArgumentException.class, () -> Entry.parse(bytes));
    assertThrows(IllegalArgumentException.class, () -> TransparentStatement.parse(bytes));
  }

  private static Stream<byte[]> proofs(CoseSign1 receipt) {
    Map<?, ?> proofs = (Map<?, ?>) receipt.unprotectedHeader.get(Label.VDP);
    return ((List<?>) proofs.get(Label.INCLUSION)).stream().map(byte[].class::cast);
  }
}
