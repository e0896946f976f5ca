package dev.indelible.transparency.note;

import dev.indelible.transparency.Hash;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The two signature algorithms of a log: one for today, one that outlives quantum computers.
public enum KeyAlgorithm {
  /// Ed25519 (RFC 8032). Bouncy Castle does it ten times faster than the JDK, and a native provider
  /// twice as fast again; they are preferred in that order where a service has registered them.
  ED25519("Ed25519", "Ed25519", "302a300506032b6570032100", "a3010120062158" + "20", 32, 64),
  /// ML-DSA-44 (FIPS 204), by the native provider where a service has registered it, else by the
  /// JDK, which is as fast only once its optimising compiler has been at it.
  ML_DSA_44(
      "ML-DSA-44",
      "ML-DSA",
      "30820532300b060960864801650304031103820521" + "00",
      "a3010703382f20590520",
      1312,
      2420);

  private static final String NATIVE = "AmazonCorrettoCryptoProvider";

  private final String jcaName;

  /// What the native provider calls the signature; it has the parameters from the key.
  private final String nativeName;

  private final String prefix;
  private final String coseKeyPrefix;
  private final int publicKeyBytes;
  private final int signatureBytes;

  KeyAlgorithm(
      String jcaName,
      String nativeName,
      String prefix,
      String coseKeyPrefix,
      int publicKeyBytes,
      int signatureBytes) {
    this.jcaName = jcaName;
    this.nativeName = nativeName;
    this.prefix = prefix;
    this.coseKeyPrefix = coseKeyPrefix;
    this.publicKeyBytes = publicKeyBytes;
    this.signatureBytes = signatureBytes;
  }

  /// Length of a raw public key.
  public int publicKeyBytes() {
    return publicKeyBytes;
  }

  /// Length of a signature.
  public int signatureBytes() {
    return signatureBytes;
  }

  /// A new key pair from the platform's secure random source.
  public KeyPair generate() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(jcaName).generateKeyPair();
  }

  /// The raw form of a public key: its SubjectPublicKeyInfo less the constant prefix (RFC 8410, RFC
  /// 9881).
  public byte[] rawPublicKey(PublicKey key) {
    byte[] spki = key.getEncoded();
    byte[] expected = HexFormat.of().parseHex(prefix);
    if (spki.length != expected.length + publicKeyBytes
        || !Arrays.equals(expected, Arrays.copyOf(spki, expected.length))) {
      throw new IllegalArgumentException("not a " + jcaName + " key");
    }
    return Arrays.copyOfRange(spki, expected.length, spki.length);
  }

  /// The COSE key with its required members alone, in deterministic encoding: what a thumbprint
  /// hashes (RFC 9679 §4). Ed25519: `{1: 1, -1: 6, -2: key}` (RFC 9053 §7.2). ML-DSA-44: `{1: 7, 3:
  /// -48, -1: key}` (RFC 9964 §3).
  public byte[] coseKey(byte[] rawPublicKey) {
    return join(coseKeyPrefix, rawPublicKey);
  }

  /// The COSE key thumbprint with SHA-256 (RFC 9679 §3), the `kid` of everything this key signs.
  public Hash thumbprint(byte[] rawPublicKey) {
    return Hash.sha256(coseKey(rawPublicKey));
  }

  /// Decodes a raw public key.
  PublicKey publicKey(byte[] rawPublicKey) throws GeneralSecurityException {
    return keyFactory().generatePublic(new X509EncodedKeySpec(join(prefix, rawPublicKey)));
  }

  private static byte[] join(String hex, byte[] tail) {
    byte[] head = HexFormat.of().parseHex(hex);
    byte[] whole = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, whole, head.length, tail.length);
    return whole;
  }

  /// Reads a private key from PKCS#8.
  public PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    return keyFactory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /// Signs a message.
  public byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = signature();
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  /// Whether `signature` over `message` is by the holder of the raw public key. False for any
  /// malformed input. Whoever verifies again with the same key holds a [VerifierKey].
  public boolean verify(byte[] rawPublicKey, byte[] message, byte[] signature) {
    return new DecodedKey(this, rawPublicKey).verify(message, signature);
  }

  /// Whether `signature` over `message` is by the holder of the decoded key.
  boolean verify(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
    Signature verifier = signature();
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  /// A provider that signs need not decode keys; it then takes those of the platform.
  private KeyFactory keyFactory() throws GeneralSecurityException {
    Provider fast = fastProvider();
    return fast == null || fast.getService("KeyFactory", jcaName) == null
        ? KeyFactory.getInstance(jcaName)
        : KeyFactory.getInstance(jcaName, fast);
  }

  private Signature signature() throws GeneralSecurityException {
    Provider fast = fastProvider();
    if (fast == null) {
      return Signature.getInstance(jcaName);
    }
    return Signature.getInstance(fast.getName().equals(NATIVE) ? nativeName : jcaName, fast);
  }

  /// The provider to ask first; null for the platform's own order.
  @Nullable Provider fastProvider() {
    Provider corretto = Security.getProvider(NATIVE);
    if (corretto != null && corretto.getService("Signature", nativeName) != null) {
      return corretto;
    }
    return this == ED25519 ? Security.getProvider("BC") : null;
  }
}
