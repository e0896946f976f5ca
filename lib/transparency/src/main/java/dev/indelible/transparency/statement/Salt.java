package dev.indelible.transparency.statement;

import dev.indelible.transparency.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The 64 bytes that hide one field.
public final class Salt {
  private static final byte[] LABEL = "indelible/field/v1\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;

  Salt(byte[] bytes) {
    if (bytes.length != Opening.LENGTH) {
      throw new IllegalArgumentException(
          "a salt has " + Opening.LENGTH + " bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /// Reads base64.
  public static Salt fromBase64(String text) {
    Salt salt = new Salt(Base64.getDecoder().decode(text));
    if (!salt.toBase64().equals(text)) {
      throw new IllegalArgumentException("not canonical base64: " + text);
    }
    return salt;
  }

  /// Base64.
  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// `SHA-256("indelible/field/v1" ‖ 0x0A ‖ salt ‖ u16 length ‖ pointer ‖ canonical value)`. Label,
  /// fixed lengths and the length prefix make it impossible to move a byte between the parts.
  public Hash commit(String pointer, byte[] canonicalValue) {
    byte[] name = pointer.getBytes(StandardCharsets.UTF_8);
    if (name.length > 0xffff) {
      throw new IllegalArgumentException("a pointer of " + name.length + " bytes cannot be framed");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(LABEL);
    out.writeBytes(bytes);
    out.write(name.length >>> 8);
    out.write(name.length);
    out.writeBytes(name);
    out.writeBytes(canonicalValue);
    return Hash.sha256(out.toByteArray());
  }
}
