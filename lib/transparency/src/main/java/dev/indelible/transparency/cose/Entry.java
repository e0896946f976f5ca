package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.VerifierKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// A leaf of a log: an organisation's signed word about one statement, as a SCITT signed statement
/// (RFC 9943 §6, COSE_Sign1 of RFC 9052 §4.2 with an empty unprotected header).
///
/// The payload is the statement root; labels 258 and 259 say so (hash envelope, RFC 9995). It is
/// signed alone, or together with others as part of a [Batch]; whoever verifies need not care.
/// Immutable; the leaf bytes are kept as they were read.
public final class Entry {
  private static final int SIGNATURE_BYTES = 64; // RFC 8032 §5.1.6

  /// What the payload is the hash of.
  public static final String STATEMENT_TYPE = "application/vnd.indelible.statement+json";

  private final EntryReader read;

  /// Computed when first asked for; two threads may both do it, and come to the same.
  private @Nullable Hash leafHash;

  Entry(EntryReader read) {
    this.read = read;
  }

  /// Signs an entry.
  ///
  /// @param issuer the organisation that makes the statement, such as `urn:indelible:org:alder`
  /// @param subject a random URN of the record, shared by all versions of it
  /// @param signer an Ed25519 key
  public static Entry sign(String issuer, String subject, Hash statementRoot, Signer signer) {
    EntryEncoder encoder = new EntryEncoder(EntryForm.SINGLE, issuer, kid(signer));
    byte[] message = encoder.toBeSigned(subject, statementRoot);
    return new Entry(new EntryReader(EntryEncoder.entry(message, signer.sign(message))));
  }

  /// Signs entries of one issuer with one signature, 1 to [Batch#MAX_SIZE] of them, in this order.
  ///
  /// @param signer an Ed25519 key
  public static List<Entry> signBatch(String issuer, List<Draft> drafts, Signer signer) {
    Batch batch = Batch.of(issuer, drafts, kid(signer));
    return batch.entries(signer.sign(batch.toBeSigned()));
  }

  /// The entries of a batch that its issuer signed elsewhere; nothing when the signature is not
  /// that of `key` over exactly this batch. It is checked once for all of them.
  ///
  /// @throws IllegalArgumentException when there is no draft, or more than [Batch#MAX_SIZE]
  public static Optional<List<Entry>> batch(
      String issuer, List<Draft> drafts, VerifierKey key, byte[] signature) {
    requireEd25519(key.type().algorithm());
    Batch batch = Batch.of(issuer, drafts, key.thumbprint());
    return key.verify(batch.toBeSigned(), signature)
        ? Optional.of(batch.entries(signature))
        : Optional.empty();
  }

  private static Hash kid(Signer signer) {
    requireEd25519(signer.algorithm());
    return signer.algorithm().thumbprint(signer.publicKey());
  }

  private static void requireEd25519(KeyAlgorithm algorithm) {
    if (algorithm != KeyAlgorithm.ED25519) {
      throw new IllegalArgumentException("entries are signed with Ed25519");
    }
  }

  /// Reads an entry in its one encoding.
  ///
  /// @throws IllegalArgumentException when the bytes are anything else
  public static Entry parse(byte[] bytes) {
    return new Entry(new EntryReader(bytes.clone()));
  }

  /// Reads a signed statement as an issuer hands it in for registration. Its unprotected header is
  /// emptied first, whatever it holds (RFC 9943 §6.3): the signature does not cover it.
  ///
  /// @throws IllegalArgumentException when the rest is not an entry in its one encoding
  public static Entry ofStatement(byte[] bytes) {
    CoseSign1 sign1 = CoseSign1.parse(bytes);
    return parse(
        new CoseSign1(sign1.protectedHeader, Map.of(), sign1.payload, sign1.signature).encode());
  }

  /// A copy of the leaf bytes.
  public byte[] bytes() {
    return read.bytes.clone();
  }

  /// `SHA-256(0x00 ‖ bytes)`.
  public Hash leafHash() {
    Hash hash = leafHash;
    if (hash == null) {
      hash = Hash.leaf(read.bytes);
      leafHash = hash;
    }
    return hash;
  }

  /// The organisation that made the statement.
  public String issuer() {
    return read.issuer;
  }

  /// The URN of the record.
  public String subject() {
    return read.subject;
  }

  /// What the statement's field commitments hash to.
  public Hash statementRoot() {
    return read.statementRoot;
  }

  /// The thumbprint of the key that the entry says it is signed with (RFC 9679).
  public Hash kid() {
    return read.kid;
  }

  /// Whether the holder of this raw Ed25519 key signed the entry, alone or in a batch. For many
  /// entries by one key use a [VerifierKey].
  public boolean isSignedBy(byte[] publicKey) {
    return read.kid.equals(KeyAlgorithm.ED25519.thumbprint(publicKey))
        && isSigned((message, bytes) -> KeyAlgorithm.ED25519.verify(publicKey, message, bytes));
  }

  /// Whether the holder of this key signed the entry, alone or in a batch.
  public boolean isSignedBy(VerifierKey key) {
    return read.kid.equals(key.thumbprint()) && isSigned(key::verify);
  }

  /// What names the one signature that an entry of a batch shares with the others, and what it is
  /// over; nothing for an entry signed alone. Whoever has seen that it holds need not check it
  /// again.
  public Optional<Hash> batchSignature() {
    if (read.form == EntryForm.SINGLE) {
      return Optional.empty();
    }
    ByteBuffer out = ByteBuffer.allocate(Hash.LENGTH + SIGNATURE_BYTES + 128);
    out.put(read.kid.bytes()).put(read.bytes, read.signatureStart, SIGNATURE_BYTES);
    out.put(signedMessage());
    return Optional.of(Hash.sha256(Arrays.copyOf(out.array(), out.position())));
  }

  private boolean isSigned(BiPredicate<byte[], byte[]> holds) {
    byte[] signature =
        Arrays.copyOfRange(read.bytes, read.signatureStart, read.signatureStart + SIGNATURE_BYTES);
    return holds.test(signedMessage(), signature);
  }

  /// What the issuer's key signed: the entry's Sig_structure (RFC 9052 §4.4), or the head of the
  /// batch to which the entry's path leads from there.
  private byte[] signedMessage() {
    int shared = read.signedEnd - EntryEncoder.ENTRY_START.length;
    ByteBuffer out = ByteBuffer.allocate(EntryEncoder.SIGNED_START.length + shared);
    out.put(EntryEncoder.SIGNED_START).put(read.bytes, EntryEncoder.ENTRY_START.length, shared);
    out.put(out.position() - EntryEncoder.PAYLOAD_BYTES - 1, EntryEncoder.SIGNED_MIDDLE);
    if (read.form == EntryForm.SINGLE) {
      return out.array();
    }
    InclusionProof proof = BatchPath.decode(read.bytes, read.signatureStart + SIGNATURE_BYTES);
    Hash root = proof.rootFrom(Hash.leaf(out.array())).orElseThrow();
    return Batch.toBeSigned(new TreeHead(proof.size(), root));
  }
}
