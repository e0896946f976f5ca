package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.Signer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A leaf of a log: an organisation's signed word about one statement, as a SCITT signed statement
/// (RFC 9943 §6, COSE_Sign1 of RFC 9052 §4.2 with an empty unprotected header).
///
/// The payload is the statement root; labels 258 and 259 say so (hash envelope, RFC 9995).
public final class Entry {
  /// What the payload is the hash of.
  public static final String STATEMENT_TYPE = "application/vnd.indelible.statement+json";

  private static final long COSE_SIGN1 = 18; // RFC 9052 §4.2
  private static final long ALG = 1; // RFC 9052 §3.1
  private static final long KID = 4; // RFC 9052 §3.1
  private static final long CWT_CLAIMS = 15; // RFC 9597
  private static final long ISS = 1; // RFC 8392
  private static final long SUB = 2; // RFC 8392
  private static final long PAYLOAD_HASH_ALG = 258; // RFC 9995
  private static final long PREIMAGE_TYPE = 259; // RFC 9995
  private static final long EDDSA = -8; // RFC 9053 §2.2
  private static final long SHA_256 = -16; // RFC 9054 §2.1

  private final String issuer;
  private final String subject;
  private final Hash statementRoot;
  private final byte[] kid;
  private final byte[] signature;

  private Entry(String issuer, String subject, Hash statementRoot, byte[] kid, byte[] signature) {
    this.issuer = issuer;
    this.subject = subject;
    this.statementRoot = statementRoot;
    this.kid = kid;
    this.signature = signature;
  }

  /// Signs an entry.
  ///
  /// @param issuer the organisation that makes the statement, such as `urn:indelible:org:alder`
  /// @param subject a random URN of the record, shared by all versions of it
  /// @param signer an Ed25519 key
  public static Entry sign(String issuer, String subject, Hash statementRoot, Signer signer) {
    if (signer.algorithm() != KeyAlgorithm.ED25519) {
      throw new IllegalArgumentException("entries are signed with Ed25519");
    }
    byte[] kid = thumbprint(signer.publicKey());
    byte[] message = toBeSigned(protectedHeader(issuer, subject, kid), statementRoot);
    return new Entry(issuer, subject, statementRoot, kid, signer.sign(message));
  }

  /// Reads an entry in its one encoding.
  ///
  /// @throws IllegalArgumentException when the bytes are anything else
  public static Entry parse(byte[] bytes) {
    try {
      Entry entry = read(bytes);
      if (!Arrays.equals(entry.bytes(), bytes)) {
        throw new IllegalArgumentException("the entry is not in deterministic encoding");
      }
      return entry;
    } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not an entry", e);
    }
  }

  // NullAway: an absent header leaves a null that parse() turns into its refusal.
  @SuppressWarnings({"NullAway", "unchecked"})
  private static Entry read(byte[] bytes) {
    List<Object> parts = (List<Object>) ((Cbor.Tagged) CborReader.read(bytes)).item();
    var header = (Map<Object, Object>) CborReader.read((byte[]) parts.get(0));
    var claims = (Map<Object, Object>) header.get(CWT_CLAIMS);
    return new Entry(
        (String) claims.get(ISS).toString(),
        (String) claims.get(SUB).toString(),
        Hash.of((byte[]) parts.get(2)),
        ((byte[]) header.get(KID)).clone(),
        ((byte[]) parts.get(3)).clone());
  }

  /// The leaf bytes.
  public byte[] bytes() {
    byte[] header = protectedHeader(issuer, subject, kid);
    return Cbor.encode(
        new Cbor.Tagged(COSE_SIGN1, List.of(header, Map.of(), statementRoot.bytes(), signature)));
  }

  /// `SHA-256(0x00 ‖ bytes)`.
  public Hash leafHash() {
    return Hash.leaf(bytes());
  }

  /// The organisation that made the statement.
  public String issuer() {
    return issuer;
  }

  /// The URN of the record.
  public String subject() {
    return subject;
  }

  /// What the statement's field commitments hash to.
  public Hash statementRoot() {
    return statementRoot;
  }

  /// Whether the entry says that the holder of this raw Ed25519 key signed it.
  public boolean claims(byte[] publicKey) {
    return Arrays.equals(kid, thumbprint(publicKey));
  }

  /// Whether the holder of this raw Ed25519 key signed the entry.
  public boolean isSignedBy(byte[] publicKey) {
    return claims(publicKey)
        && KeyAlgorithm.ED25519.verify(
            publicKey, toBeSigned(protectedHeader(issuer, subject, kid), statementRoot), signature);
  }

  /// SHA-256 over the required members of the COSE key, in order (RFC 9679 §4).
  private static byte[] thumbprint(byte[] publicKey) {
    Map<Object, Object> key = new LinkedHashMap<>();
    key.put(1L, 1L); // kty: OKP
    key.put(-1L, 6L); // crv: Ed25519
    key.put(-2L, publicKey);
    return Hash.sha256(Cbor.encode(key)).bytes();
  }

  private static byte[] protectedHeader(String issuer, String subject, byte[] kid) {
    Map<Object, Object> claims = new LinkedHashMap<>();
    claims.put(ISS, issuer);
    claims.put(SUB, subject);
    Map<Object, Object> header = new LinkedHashMap<>();
    header.put(ALG, EDDSA);
    header.put(KID, kid);
    header.put(CWT_CLAIMS, claims);
    header.put(PAYLOAD_HASH_ALG, SHA_256);
    header.put(PREIMAGE_TYPE, STATEMENT_TYPE);
    return Cbor.encode(header);
  }

  /// Sig_structure (RFC 9052 §4.4).
  private static byte[] toBeSigned(byte[] protectedHeader, Hash payload) {
    return Cbor.encode(List.of("Signature1", protectedHeader, new byte[0], payload.bytes()));
  }
}
