package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.EntryBundle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the entries of one issuer under one key. What is the same in all of them is encoded once.
///
/// An entry and what is signed of it, its Sig_structure, have the protected header and the payload
/// in common, in this order and encoding; the encoder writes the second and makes the first of it.
final class EntryEncoder {
  /// Tag 18, array of four.
  static final byte[] ENTRY_START = {(byte) 0xd2, (byte) 0x84};

  /// Array of four, "Signature1" (RFC 9052 §4.4).
  static final byte[] SIGNED_START = {
    (byte) 0x84, 0x6a, 'S', 'i', 'g', 'n', 'a', 't', 'u', 'r', 'e', '1'
  };

  /// Between header and payload stands the empty unprotected header in an entry, and the empty
  /// external data in a Sig_structure.
  static final byte ENTRY_MIDDLE = (byte) 0xa0;

  static final byte SIGNED_MIDDLE = 0x40;

  /// The payload with its head.
  static final int PAYLOAD_BYTES = 2 + Hash.LENGTH;

  /// Between `iss` and the text of `iss`.
  static final byte[] BEFORE_ISSUER =
      Cbor.sequence(Label.CWT_CLAIMS, new Cbor.MapHead(2), Label.ISS);

  static final byte[] BEFORE_SUBJECT = Cbor.sequence(Label.SUB);

  static final byte[] AFTER_SUBJECT =
      Cbor.sequence(
          Label.PAYLOAD_HASH_ALG, Label.SHA_256, Label.PREIMAGE_TYPE, Entry.STATEMENT_TYPE);

  private final byte[] beforeSubject;

  EntryEncoder(EntryForm form, String issuer, Hash kid) {
    ByteBuffer out = ByteBuffer.allocate(64 + 5 + 3 * issuer.length() + 64);
    out.put(headerStart(form)).put(Cbor.sequence(kid.bytes()));
    out.put(BEFORE_ISSUER).put(Cbor.sequence(text(issuer))).put(BEFORE_SUBJECT);
    beforeSubject = Arrays.copyOf(out.array(), out.position());
  }

  /// The protected header up to its key id.
  static byte[] headerStart(EntryForm form) {
    return Cbor.sequence(new Cbor.MapHead(5), Label.ALG, form.algorithm(), Label.KID);
  }

  /// The Sig_structure of an entry.
  byte[] toBeSigned(String subject, Hash statementRoot) {
    byte[] sub = text(subject).getBytes(StandardCharsets.UTF_8);
    int header =
        beforeSubject.length + Cbor.headBytes(sub.length) + sub.length + AFTER_SUBJECT.length;
    int size = SIGNED_START.length + Cbor.headBytes(header) + header + 1 + PAYLOAD_BYTES;
    ByteBuffer out = ByteBuffer.allocate(size).put(SIGNED_START);
    Cbor.head(2, header, out);
    out.put(beforeSubject);
    Cbor.head(3, sub.length, out);
    out.put(sub).put(AFTER_SUBJECT).put(SIGNED_MIDDLE);
    Cbor.head(2, Hash.LENGTH, out);
    statementRoot.copyTo(out.array(), out.position());
    return out.array();
  }

  /// The entry of a Sig_structure and a signature.
  ///
  /// @throws IllegalArgumentException when it is too long for a log
  static byte[] entry(byte[] toBeSigned, byte[] signature) {
    int shared = toBeSigned.length - SIGNED_START.length;
    int size = ENTRY_START.length + shared + Cbor.headBytes(signature.length) + signature.length;
    if (size > EntryBundle.MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException("an entry of " + size + " bytes is too long");
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(ENTRY_START);
    out.put(toBeSigned, SIGNED_START.length, shared);
    out.put(out.position() - PAYLOAD_BYTES - 1, ENTRY_MIDDLE);
    Cbor.head(2, signature.length, out);
    return out.put(signature).array();
  }

  /// What no reader would get back is not written.
  private static String text(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a lone surrogate in a name");
    }
    return text;
  }
}
