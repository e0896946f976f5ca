package dev.indelible.transparency.cose;

import static dev.indelible.transparency.cose.EntryEncoder.headerStart;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.EntryBundle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads an entry in its one encoding, from front to back. What may vary is the length and content
/// of a few strings; every other byte is compared, so nothing has to be encoded again to know that
/// the encoding was deterministic (RFC 8949 §4.2.1).
final class EntryReader {
  private static final byte[] SINGLE_START = headerStart(EntryForm.SINGLE);
  private static final byte[] BATCH_START = headerStart(EntryForm.BATCH);

  final byte[] bytes;
  final EntryForm form;
  final Hash kid;
  final String issuer;
  final String subject;
  final Hash statementRoot;

  /// Offset behind the payload.
  final int signedEnd;

  /// Offset of the content of the signature.
  final int signatureStart;

  private int at;

  /// Reads all of `bytes`, which nobody may change afterwards.
  ///
  /// @throws IllegalArgumentException when they are anything but an entry
  EntryReader(byte[] bytes) {
    this.bytes = bytes;
    require(bytes.length <= EntryBundle.MAX_ENTRY_BYTES, "an entry has at most 65535 bytes");
    expect(EntryEncoder.ENTRY_START);
    int header = stringHead(2);
    int headerEnd = at + header;
    form = starts(BATCH_START) ? EntryForm.BATCH : EntryForm.SINGLE;
    expect(form == EntryForm.BATCH ? BATCH_START : SINGLE_START);
    kid = hash();
    expect(EntryEncoder.BEFORE_ISSUER);
    issuer = text();
    expect(EntryEncoder.BEFORE_SUBJECT);
    subject = text();
    expect(EntryEncoder.AFTER_SUBJECT);
    require(at == headerEnd, "the protected header has another length");
    expect(EntryEncoder.ENTRY_MIDDLE);
    statementRoot = hash();
    signedEnd = at;
    int signature = stringHead(2);
    signatureStart = at;
    require(at + signature == bytes.length, "bytes behind the entry");
    requireSignatureLength(signature);
  }

  private void requireSignatureLength(int length) {
    int batch = form == EntryForm.BATCH ? BatchPath.length(bytes, signatureStart + 64) : 0;
    require(length == 64 + batch, "the signature has another length");
  }

  private Hash hash() {
    require(stringHead(2) == Hash.LENGTH, "a hash has 32 bytes");
    Hash hash = Hash.at(bytes, at);
    at += Hash.LENGTH;
    return hash;
  }

  private String text() {
    int length = stringHead(3);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    // Malformed UTF-8 is read as U+FFFD, which may also have been written.
    if (text.indexOf('\ufffd') >= 0) {
      byte[] again = text.getBytes(StandardCharsets.UTF_8);
      require(Arrays.equals(again, 0, again.length, bytes, at, at + length), "not UTF-8");
    }
    at += length;
    return text;
  }

  /// The length of the string that begins here, written in the shortest way; the string is there.
  private int stringHead(int major) {
    int low = octet() - (major << 5);
    int length =
        switch (low) {
          case 24 -> octet();
          case 25 -> octet() << 8 | octet();
          default -> low;
        };
    int least = low == 24 ? 24 : low == 25 ? 256 : 0;
    require(low >= 0 && low <= 25 && length >= least, "a string is expected");
    require(length <= bytes.length - at, "the entry ends early");
    return length;
  }

  private int octet() {
    require(at < bytes.length, "the entry ends early");
    return bytes[at++] & 0xff;
  }

  private boolean starts(byte[] expected) {
    int end = at + expected.length;
    return end <= bytes.length && Arrays.equals(bytes, at, end, expected, 0, expected.length);
  }

  private void expect(byte... expected) {
    require(starts(expected), "it is not in the one encoding that entries have");
    at += expected.length;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("not an entry: " + otherwise);
    }
  }
}
