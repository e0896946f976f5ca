package dev.indelible.transparency.cose;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes the few CBOR items an entry is made of, in deterministic encoding (RFC 8949 §4.2.1).
/// Items are `Long`, `String`, `byte[]`, `List`, `Map` (already in the order of its encoded keys)
/// and [Tagged].
final class Cbor {
  /// A tagged item.
  record Tagged(long tag, Object item) {}

  private Cbor() {}

  static byte[] encode(Object item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(item, out);
    return out.toByteArray();
  }

  private static void write(Object item, ByteArrayOutputStream out) {
    switch (item) {
      case Long number when number >= 0 -> head(0, number, out);
      case Long number -> head(1, -1 - number, out);
      case byte[] bytes -> {
        head(2, bytes.length, out);
        out.writeBytes(bytes);
      }
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(3, utf8.length, out);
        out.writeBytes(utf8);
      }
      case List<?> list -> {
        head(4, list.size(), out);
        list.forEach(element -> write(element, out));
      }
      case Map<?, ?> map -> {
        head(5, map.size(), out);
        map.forEach(
            (key, value) -> {
              write(key, out);
              write(value, out);
            });
      }
      case Tagged tagged -> {
        head(6, tagged.tag(), out);
        write(tagged.item(), out);
      }
      default -> throw new IllegalArgumentException("no CBOR form for " + item.getClass());
    }
  }

  private static void head(int major, long argument, ByteArrayOutputStream out) {
    int type = major << 5;
    if (argument < 24) {
      out.write(type | (int) argument);
      return;
    }
    int bytes = argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x1_0000_0000L ? 4 : 8;
    out.write(type | (24 + Integer.numberOfTrailingZeros(bytes)));
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
      out.write((int) (argument >>> shift));
    }
  }
}
