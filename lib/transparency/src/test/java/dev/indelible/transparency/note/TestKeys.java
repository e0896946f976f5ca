package dev.indelible.transparency.note;

import java.util.Base64;
import java.util.HexFormat;

/// Keys for tests.
public final class TestKeys {
  private TestKeys() {}

  /// The Ed25519 key whose seed is 00, 01 … 1f.
  public static Signer ed25519Counting() {
    byte[] seed = new byte[32];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    return ed25519(seed, "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
  }

  private static Signer ed25519(byte[] seed, String publicKey) {
    HexFormat hex = HexFormat.of();
    String pkcs8 = "302e020100300506032b657004220420" + hex.formatHex(seed);
    String spki = "302a300506032b6570032100" + publicKey;
    return PemKey.parse(
        KeyAlgorithm.ED25519, block("PRIVATE KEY", pkcs8) + block("PUBLIC KEY", spki));
  }

  private static String block(String label, String hex) {
    String body = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /// A new key.
  public static Signer random(KeyAlgorithm algorithm) {
    return PemKey.parse(algorithm, PemKey.generate(algorithm));
  }

  /// A key of the right length that nobody holds.
  public static VerifierKey zeroKey(String name, KeyType type) {
    byte[] zeros = new byte[type.algorithm().publicKeyBytes()];
    return new VerifierKey(name, type, Base64.getEncoder().encodeToString(zeros));
  }

  public static byte[] signedMessage(VerifierKey key, String text, long time) {
    return key.signedMessage(text, time);
  }
}
