package dev.indelible.transparency.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// One signature line of a note: who claims to have signed, with which key, and the signature.
///
/// @param name key name
/// @param blob base64 of key id (4 bytes) and signature
public record NoteSignature(String name, String blob) {
  public NoteSignature {
    byte[] bytes = Base64.getDecoder().decode(blob);
    if (bytes.length < 5) {
      throw new IllegalArgumentException("a signature line needs a key id and a signature");
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(blob)) {
      throw new IllegalArgumentException("a signature line is not in canonical base64");
    }
  }

  /// Puts a signature line together.
  public static NoteSignature of(VerifierKey key, byte[] signature) {
    byte[] blob = ByteBuffer.allocate(4 + signature.length).putInt(key.id()).put(signature).array();
    return new NoteSignature(key.name(), Base64.getEncoder().encodeToString(blob));
  }

  /// The key id, a hint which key to try.
  public int keyId() {
    return ByteBuffer.wrap(Base64.getDecoder().decode(blob)).getInt();
  }

  /// The signature behind the key id, including the time where the key type has one.
  public byte[] signature() {
    byte[] bytes = Base64.getDecoder().decode(blob);
    return Arrays.copyOfRange(bytes, 4, bytes.length);
  }

  /// The line as it stands in a note, with its line feed.
  public String line() {
    return "— " + name + " " + blob + "\n";
  }
}
