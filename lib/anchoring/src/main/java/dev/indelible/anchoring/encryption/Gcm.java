package dev.indelible.anchoring.encryption;

import dev.indelible.anchoring.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM (NIST SP 800-38D), as nonce ‖ ciphertext ‖ tag. Nonces are 96 random bits (§8.2.2),
/// so one key may encrypt 2³² times at most (§8.3): a data key does a few dozen times, a
/// key-encryption key once for each record.
final class Gcm {
  /// Length of a key in bytes.
  static final int KEY = 32;

  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Gcm() {}

  static byte[] randomKey() {
    byte[] key = new byte[KEY];
    RANDOM.nextBytes(key);
    return key;
  }

  static SecretKey key(byte[] bytes) {
    if (bytes.length != KEY) {
      throw new IllegalArgumentException("a key has " + KEY + " bytes, not " + bytes.length);
    }
    return new SecretKeySpec(bytes, "AES");
  }

  static Bytes encrypt(SecretKey key, byte[] additional, byte[] plaintext) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, additional).doFinal(plaintext);
      return Bytes.of(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  /// The plaintext, unless key, additional data or a bit of the ciphertext are others.
  static Optional<byte[]> decrypt(SecretKey key, byte[] additional, Bytes ciphertext) {
    byte[] bytes = ciphertext.toArray();
    if (bytes.length < NONCE + TAG) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(bytes, NONCE);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, additional);
      return Optional.of(cipher.doFinal(bytes, NONCE, bytes.length - NONCE));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] additional)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    cipher.updateAAD(additional);
    return cipher;
  }

  /// Additional data: `label ‖ (u32 length ‖ UTF-8)…`, so that no byte can move from one part to
  /// the next.
  static byte[] additional(String label, String... parts) {
    var out = new java.io.ByteArrayOutputStream();
    out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    for (String part : parts) {
      byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }
}
