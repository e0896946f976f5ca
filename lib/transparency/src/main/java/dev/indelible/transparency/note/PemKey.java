package dev.indelible.transparency.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key pair in PEM text (RFC 7468): a PKCS#8 `PRIVATE KEY` block and a `PUBLIC KEY` block behind
/// it, since PKCS#8 alone does not say the public key. For development; production keys live in
/// hardware.
public final class PemKey implements Signer {
  private final KeyAlgorithm algorithm;
  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private PemKey(KeyAlgorithm algorithm, PrivateKey privateKey, byte[] publicKey) {
    this.algorithm = algorithm;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /// The PEM text of a new key pair.
  public static String generate(KeyAlgorithm algorithm) {
    try {
      KeyPair pair = algorithm.generate();
      return block("PRIVATE KEY", pair.getPrivate().getEncoded())
          + block("PUBLIC KEY", pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks " + algorithm, e);
    }
  }

  /// Reads PEM text and proves that both halves belong together by signing and verifying once.
  ///
  /// @throws IllegalArgumentException when the text holds no matching pair of this algorithm
  public static PemKey parse(KeyAlgorithm algorithm, String pem) {
    byte[] spki = read("PUBLIC KEY", pem);
    int rawStart = spki.length - algorithm.publicKeyBytes();
    if (rawStart < 0) {
      throw new IllegalArgumentException("not a key of " + algorithm);
    }
    byte[] raw = java.util.Arrays.copyOfRange(spki, rawStart, spki.length);
    try {
      PemKey key = new PemKey(algorithm, algorithm.privateKey(read("PRIVATE KEY", pem)), raw);
      byte[] probe = {1};
      if (!algorithm.verify(raw, probe, key.sign(probe))) {
        throw new IllegalArgumentException("the public key does not belong to the private key");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a private key of " + algorithm, e);
    }
  }

  @Override
  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      return algorithm.sign(privateKey, message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  private static String block(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static byte[] read(String label, String pem) {
    Matcher block =
        Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label)
            .matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("no " + label + " block in the PEM text");
    }
    return Base64.getMimeDecoder().decode(block.group(1));
  }
}
