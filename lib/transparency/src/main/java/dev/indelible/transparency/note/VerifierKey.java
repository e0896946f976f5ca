package dev.indelible.transparency.note;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Subtree;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A named public key that verifies notes, and its text form, the "vkey" (C2SP signed-note).
///
/// @param name key name; for a log's key the log's origin
/// @param type what the key signs
/// @param material base64 of the raw public key
public record VerifierKey(String name, KeyType type, String material) {
  public VerifierKey {
    requireName(name);
    int length = Base64.getDecoder().decode(material).length;
    if (length != type.algorithm().publicKeyBytes()) {
      throw new IllegalArgumentException("a " + type + " key cannot have " + length + " bytes");
    }
  }

  /// The verifier's side of a signer.
  public static VerifierKey of(String name, KeyType type, Signer signer) {
    return new VerifierKey(name, type, Base64.getEncoder().encodeToString(signer.publicKey()));
  }

  /// Reads a vkey: `name+hex(key id)+base64(type ‖ public key)`.
  ///
  /// @throws IllegalArgumentException when it is malformed or the id does not belong to the key
  public static VerifierKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a verifier key has three parts joined by '+': " + vkey);
    }
    byte[] typed = Base64.getDecoder().decode(parts[2]);
    if (typed.length < 2) {
      throw new IllegalArgumentException("the key is empty: " + vkey);
    }
    String material =
        Base64.getEncoder().encodeToString(Arrays.copyOfRange(typed, 1, typed.length));
    VerifierKey key = new VerifierKey(parts[0], KeyType.ofCode(typed[0] & 0xff), material);
    if (!HexFormat.of().toHexDigits(key.id()).equals(parts[1])) {
      throw new IllegalArgumentException("the key id does not belong to the key: " + vkey);
    }
    if (!key.vkey().equals(vkey)) {
      throw new IllegalArgumentException("the key is not in canonical base64: " + vkey);
    }
    return key;
  }

  /// The raw public key.
  public byte[] publicKey() {
    return Base64.getDecoder().decode(material);
  }

  /// First four bytes of `SHA-256(name ‖ 0x0A ‖ type ‖ public key)`, big-endian.
  public int id() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    out.writeBytes(typed());
    return ByteBuffer.wrap(Hash.sha256(out.toByteArray()).bytes()).getInt();
  }

  /// The text form.
  public String vkey() {
    return name
        + "+"
        + HexFormat.of().toHexDigits(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed());
  }

  /// Whether `line` names this key. It may still be forged.
  public boolean claims(NoteSignature line) {
    return line.name().equals(name) && line.keyId() == id();
  }

  /// Whether `line` is this key's signature over `text`.
  public boolean verify(String text, NoteSignature line) {
    byte[] signature = line.signature();
    long time = 0;
    if (type.isTimed()) {
      if (signature.length < Long.BYTES) {
        return false;
      }
      time = ByteBuffer.wrap(signature).getLong();
      signature = Arrays.copyOfRange(signature, Long.BYTES, signature.length);
    }
    try {
      return time >= 0
          && type.algorithm().verify(publicKey(), signedMessage(text, time), signature);
    } catch (IllegalArgumentException notACheckpoint) {
      return false;
    }
  }

  /// Whether `line` is this key's cosignature of a subtree, which has no time.
  public boolean verify(SubtreeStatement statement, NoteSignature line) {
    byte[] timed = line.signature();
    return type == KeyType.ML_DSA_44_COSIGNATURE
        && timed.length > Long.BYTES
        && time(line) == 0
        && type.algorithm()
            .verify(
                publicKey(),
                statement.message(name, 0),
                Arrays.copyOfRange(timed, Long.BYTES, timed.length));
  }

  /// The time in a timed signature line, in seconds since 1970; 0 in any other.
  public long time(NoteSignature line) {
    byte[] signature = line.signature();
    return type.isTimed() && signature.length >= Long.BYTES
        ? ByteBuffer.wrap(signature).getLong()
        : 0;
  }

  /// The bytes a key of this name and type signs for `text` at `time`.
  byte[] signedMessage(String text, long time) {
    return switch (type) {
      case ED25519 -> text.getBytes(StandardCharsets.UTF_8);
      case ED25519_COSIGNATURE ->
          ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
      case ML_DSA_44_COSIGNATURE -> subtreeMessage(Checkpoint.parse(text), time);
    };
  }

  private byte[] subtreeMessage(Checkpoint checkpoint, long time) {
    Subtree whole = new Subtree(0, checkpoint.head().size());
    return new SubtreeStatement(checkpoint.origin(), whole, checkpoint.head().root())
        .message(name, time);
  }

  private byte[] typed() {
    byte[] raw = publicKey();
    return ByteBuffer.allocate(1 + raw.length).put((byte) type.code()).put(raw).array();
  }

  /// Key names are not empty and hold neither spaces nor `+`.
  static void requireName(String name) {
    if (name.isEmpty()
        || name.contains("+")
        || name.codePoints()
            .anyMatch(
                c ->
                    Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || c < 0x20
                        || c == 0x85)) {
      throw new IllegalArgumentException("not a key name: \"" + name + "\"");
    }
  }
}
