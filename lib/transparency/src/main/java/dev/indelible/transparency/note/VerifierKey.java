package dev.indelible.transparency.note;

import dev.indelible.transparency.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A named public key that verifies notes, and its text form, the "vkey" (C2SP signed-note).
/// Immutable, compared by name, type and key. Whatever verification needs of the key is computed
/// once.
public final class VerifierKey {
  private final String name;
  private final KeyType type;
  private final byte[] raw;
  private final int id;
  private final Hash thumbprint;
  private final DecodedKey decoded;

  /// Names a key.
  ///
  /// @param name key name; for a log's key the log's origin
  /// @param type what the key signs
  /// @param material base64 of the raw public key
  public VerifierKey(String name, KeyType type, String material) {
    this(name, type, Base64.getDecoder().decode(material));
  }

  private VerifierKey(String name, KeyType type, byte[] raw) {
    requireName(name);
    if (raw.length != type.algorithm().publicKeyBytes()) {
      throw new IllegalArgumentException("a " + type + " key cannot have " + raw.length + " bytes");
    }
    this.name = name;
    this.type = type;
    this.raw = raw;
    this.id = id(name, typed());
    this.thumbprint = type.algorithm().thumbprint(raw);
    this.decoded = new DecodedKey(type.algorithm(), raw);
  }

  /// The verifier's side of a signer.
  public static VerifierKey of(String name, KeyType type, Signer signer) {
    return new VerifierKey(name, type, signer.publicKey());
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
    byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
    VerifierKey key = new VerifierKey(parts[0], KeyType.ofCode(typed[0] & 0xff), raw);
    if (!HexFormat.of().toHexDigits(key.id()).equals(parts[1])) {
      throw new IllegalArgumentException("the key id does not belong to the key: " + vkey);
    }
    if (!key.vkey().equals(vkey)) {
      throw new IllegalArgumentException("the key is not in canonical base64: " + vkey);
    }
    return key;
  }

  /// The key's name; for a log's key the log's origin.
  public String name() {
    return name;
  }

  /// What the key signs.
  public KeyType type() {
    return type;
  }

  /// Base64 of the raw public key.
  public String material() {
    return Base64.getEncoder().encodeToString(raw);
  }

  /// A copy of the raw public key.
  public byte[] publicKey() {
    return raw.clone();
  }

  /// First four bytes of `SHA-256(name ‖ 0x0A ‖ type ‖ public key)`, big-endian.
  public int id() {
    return id;
  }

  private static int id(String name, byte[] typed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    out.writeBytes(typed);
    return ByteBuffer.wrap(Hash.sha256(out.toByteArray()).bytes()).getInt();
  }

  /// The COSE key thumbprint (RFC 9679), the `kid` of what this key signs in COSE.
  public Hash thumbprint() {
    return thumbprint;
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

  /// Whether `signature` is this key's over the message as it is. False for any malformed input.
  public boolean verify(byte[] message, byte[] signature) {
    return decoded.verify(message, signature);
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
      return time >= 0 && verify(signedMessage(text, time), signature);
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
        && verify(statement.message(name, 0), Arrays.copyOfRange(timed, Long.BYTES, timed.length));
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
    return type.signedMessage(name, text, time);
  }

  private byte[] typed() {
    return ByteBuffer.allocate(1 + raw.length).put((byte) type.code()).put(raw).array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && type == that.type
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return vkey();
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
