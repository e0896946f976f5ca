package dev.indelible.transparency.cose;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the CBOR items that [Cbor] writes and nothing else: heads in their shortest form, text in
/// UTF-8, maps with numbers or text as keys. Whether the keys of a map were in order is the
/// caller's check: encode again and compare.
final class CborReader {
  private static final int MAX_DEPTH = 8;

  private final ByteBuffer in;

  private CborReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /// Reads one item that fills all of `bytes`.
  ///
  /// @throws IllegalArgumentException when it is anything else
  static Object read(byte[] bytes) {
    CborReader reader = new CborReader(bytes);
    try {
      Object item = reader.item(0);
      if (reader.in.hasRemaining()) {
        throw new IllegalArgumentException("bytes behind the CBOR item");
      }
      return item;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the CBOR item ends early", e);
    }
  }

  private Object item(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("CBOR nested deeper than " + MAX_DEPTH);
    }
    int initial = in.get() & 0xff;
    if (initial >> 5 == 7) {
      return simple(initial);
    }
    long argument = argument(initial & 0x1f);
    return switch (initial >> 5) {
      case 0 -> argument;
      case 1 -> -1 - argument;
      case 2 -> bytes(argument);
      case 3 -> text(bytes(argument));
      case 4 -> list(argument, depth);
      case 5 -> map(argument, depth);
      default -> new Cbor.Tagged(argument, item(depth + 1));
    };
  }

  private static Object simple(int initial) {
    return switch (initial) {
      case Cbor.FALSE -> false;
      case Cbor.TRUE -> true;
      case Cbor.NULL -> Cbor.Null.NULL;
      default -> throw new IllegalArgumentException("a CBOR value that is not used here");
    };
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a CBOR text that is not UTF-8", e);
    }
  }

  private long argument(int low) {
    long value =
        switch (low) {
          case 24 -> in.get() & 0xffL;
          case 25 -> in.getShort() & 0xffffL;
          case 26 -> in.getInt() & 0xffff_ffffL;
          case 27 -> in.getLong();
          default -> low;
        };
    if (low > 27 || value < 0) {
      throw new IllegalArgumentException("a CBOR length that is not used here");
    }
    if (Cbor.headBytes(value) != 1 + (low < 24 ? 0 : 1 << (low - 24))) {
      throw new IllegalArgumentException("a CBOR head that is longer than it has to be");
    }
    return value;
  }

  private byte[] bytes(long length) {
    if (length > in.remaining()) {
      throw new IllegalArgumentException("the CBOR item ends early");
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private List<Object> list(long length, int depth) {
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      list.add(item(depth + 1));
    }
    return list;
  }

  private Map<Object, Object> map(long length, int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (long i = 0; i < length; i++) {
      Object key = item(depth + 1);
      if (!(key instanceof Long || key instanceof String)) {
        throw new IllegalArgumentException("a CBOR map with a key that is no number or text");
      }
      if (map.put(key, item(depth + 1)) != null) {
        throw new IllegalArgumentException("a CBOR map with a key given twice");
      }
    }
    return map;
  }
}
