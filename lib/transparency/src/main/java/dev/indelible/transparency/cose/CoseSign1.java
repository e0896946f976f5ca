package dev.indelible.transparency.cose;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A COSE_Sign1 taken apart, without a view on what its headers mean (RFC 9052 §4.2).
final class CoseSign1 {
  final byte[] protectedHeader;
  final Map<?, ?> unprotectedHeader;

  /// Null when it is detached.
  final byte @Nullable [] payload;

  final byte[] signature;

  CoseSign1(
      byte[] protectedHeader,
      Map<?, ?> unprotectedHeader,
      byte @Nullable [] payload,
      byte[] signature) {
    this.protectedHeader = protectedHeader;
    this.unprotectedHeader = unprotectedHeader;
    this.payload = payload;
    this.signature = signature;
  }

  /// Reads a tagged COSE_Sign1.
  ///
  /// @throws IllegalArgumentException when the bytes are anything else
  static CoseSign1 parse(byte[] bytes) {
    if (CborReader.read(bytes) instanceof Cbor.Tagged(long tag, List<?> parts)
        && tag == Label.COSE_SIGN1
        && parts.size() == 4
        && parts.get(0) instanceof byte[] header
        && parts.get(1) instanceof Map<?, ?> unprotected
        && parts.get(3) instanceof byte[] signature) {
      return switch (parts.get(2)) {
        case byte[] payload -> new CoseSign1(header, unprotected, payload, signature);
        case Cbor.Null _ -> new CoseSign1(header, unprotected, null, signature);
        default -> throw new IllegalArgumentException("a payload that is no byte string");
      };
    }
    throw new IllegalArgumentException("not a COSE_Sign1");
  }

  byte[] encode() {
    Object content = payload == null ? Cbor.Null.NULL : payload;
    List<Object> parts = List.of(protectedHeader, unprotectedHeader, content, signature);
    return Cbor.encode(new Cbor.Tagged(Label.COSE_SIGN1, parts));
  }

  /// The members of the protected header.
  Map<?, ?> header() {
    if (CborReader.read(protectedHeader) instanceof Map<?, ?> header) {
      return header;
    }
    throw new IllegalArgumentException("a protected header that is no map");
  }

  /// Sig_structure with empty external data (RFC 9052 §4.4).
  static byte[] toBeSigned(byte[] protectedHeader, byte[] payload) {
    return Cbor.encode(List.of("Signature1", protectedHeader, new byte[0], payload));
  }
}
