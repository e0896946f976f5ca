package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.VerifierKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A receipt as COSE: a log's signature over a root hash, and a proof that leads there (RFC 9942;
/// RFC 9943 for the claims). Immutable.
///
/// Signed are the protected header and the root. Both are the same for every receipt of a block, so
/// a log signs once for each block and algorithm and puts the proofs in afterwards. Sizes and index
/// are not signed: a receipt proves that the leaf is in the log, and not at which place; a
/// tlog-proof says that.
public final class CoseReceipt {
  /// The claim `sub` of every receipt. What a receipt speaks of is the tree head of the log that
  /// `iss` names.
  public static final String SUBJECT = "urn:indelible:tree-head";

  private final byte[] header;
  private final String origin;
  private final Hash kid;
  private final ReceiptProof proof;
  private final byte[] signature;

  private CoseReceipt(
      byte[] header, String origin, Hash kid, ReceiptProof proof, byte[] signature) {
    this.header = header;
    this.origin = origin;
    this.kid = kid;
    this.proof = proof;
    this.signature = signature;
  }

  /// What the log signs: the Sig_structure over its protected header and the root of a tree head.
  ///
  /// @param log the key under whose name, the origin, the log signs
  public static byte[] toBeSigned(VerifierKey log, Hash root) {
    return CoseSign1.toBeSigned(protectedHeader(log), root.bytes());
  }

  /// A receipt of inclusion out of a proof and the log's signature over the root it leads to.
  /// Whether it holds is not checked.
  ///
  /// @throws IllegalArgumentException when the path is empty, which RFC 9942 does not allow
  public static CoseReceipt of(VerifierKey log, InclusionProof proof, byte[] signature) {
    return of(log, new ReceiptProof.Inclusion(proof), signature);
  }

  /// A receipt of consistency out of a proof and the log's signature over the newer root. Whether
  /// it holds is not checked.
  ///
  /// @throws IllegalArgumentException when the path is empty, which RFC 9942 does not allow
  public static CoseReceipt of(VerifierKey log, ConsistencyProof proof, byte[] signature) {
    return of(log, new ReceiptProof.Consistency(proof), signature);
  }

  private static CoseReceipt of(VerifierKey log, ReceiptProof proof, byte[] signature) {
    return new CoseReceipt(
        protectedHeader(log), log.name(), log.thumbprint(), proof, signature.clone());
  }

  /// Labels in the order of RFC 8949 §4.2.1.
  private static byte[] protectedHeader(VerifierKey log) {
    return protectedHeader(log.type().algorithm(), log.thumbprint(), log.name());
  }

  private static byte[] protectedHeader(KeyAlgorithm algorithm, Hash kid, String origin) {
    Map<Object, Object> claims = new LinkedHashMap<>();
    claims.put(Label.ISS, origin);
    claims.put(Label.SUB, SUBJECT);
    Map<Object, Object> header = new LinkedHashMap<>();
    header.put(Label.ALG, Label.algorithm(algorithm));
    header.put(Label.KID, kid.bytes());
    header.put(Label.CWT_CLAIMS, claims);
    header.put(Label.VDS, Label.RFC9162_SHA256);
    return Cbor.encode(header);
  }

  /// Reads a receipt in its one encoding.
  ///
  /// @throws IllegalArgumentException when the bytes are anything else
  public static CoseReceipt parse(byte[] bytes) {
    CoseSign1 sign1 = CoseSign1.parse(bytes);
    Map<?, ?> header = sign1.header();
    if (header.get(Label.ALG) instanceof Long alg
        && header.get(Label.KID) instanceof byte[] kid
        && header.get(Label.CWT_CLAIMS) instanceof Map<?, ?> claims
        && claims.get(Label.ISS) instanceof String origin
        && sign1.unprotectedHeader.get(Label.VDP) instanceof Map<?, ?> proofs) {
      KeyAlgorithm algorithm = Label.algorithm(alg);
      byte[] expected = protectedHeader(algorithm, Hash.of(kid), origin);
      CoseReceipt receipt =
          new CoseReceipt(
              expected, origin, Hash.of(kid), ReceiptProof.decode(proofs), sign1.signature);
      // Compares what was left out above: labels, their order, the data structure, the payload.
      if (sign1.signature.length == algorithm.signatureBytes()
          && Arrays.equals(receipt.bytes(), bytes)) {
        return receipt;
      }
    }
    throw new IllegalArgumentException("not a receipt in the one encoding that ours have");
  }

  /// The bytes, media type `application/scitt-receipt+cose` (RFC 9943).
  public byte[] bytes() {
    Map<Long, Object> unprotected = Map.of(Label.VDP, proof.encode());
    return new CoseSign1(header, unprotected, null, signature).encode();
  }

  /// The origin of the log that the receipt claims to be of.
  public String origin() {
    return origin;
  }

  /// Whether the receipt claims to be of this log and signed with this key. It may still be forged.
  public boolean claims(VerifierKey log) {
    return log.name().equals(origin) && log.thumbprint().equals(kid);
  }

  /// Whether the log whose key this is has the leaf, by this receipt. One answer for proof and
  /// signature, as RFC 9942 §5.2.1 asks for.
  public boolean includes(Hash leafHash, VerifierKey log) {
    return proof instanceof ReceiptProof.Inclusion(InclusionProof inclusion)
        && isSigned(log, inclusion.rootFrom(leafHash));
  }

  /// Whether the log whose key this is has only grown since it had this head, by this receipt.
  public boolean isConsistentWith(TreeHead older, VerifierKey log) {
    return proof instanceof ReceiptProof.Consistency(ConsistencyProof consistency)
        && isSigned(log, consistency.rootFrom(older));
  }

  /// The message is made from the key that the verifier holds, not from what the receipt says:
  /// another log's receipt, or one under another key, is over another message.
  private boolean isSigned(VerifierKey log, Optional<Hash> root) {
    return claims(log)
        && root.filter(hash -> log.verify(toBeSigned(log, hash), signature)).isPresent();
  }
}
