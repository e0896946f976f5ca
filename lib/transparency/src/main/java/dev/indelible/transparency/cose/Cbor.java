package dev.indelible.transparency.cose;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes the few CBOR items our formats are made of, in deterministic encoding (RFC 8949 §4.2.1).
/// Items are `Long`, `String`, `byte[]`, `List`, `Map` (already in the order of its encoded keys),
/// `Boolean`, [Tagged], [Null] and, in a sequence, [MapHead].
final class Cbor {
  /// Simple values with their initial byte (RFC 8949 §3.3).
  static final int FALSE = 0xf4;

  static final int TRUE = 0xf5;
  static final int NULL = 0xf6;

  /// A tagged item.
  record Tagged(long tag, Object item) {}

  /// The simple value null.
  enum Null {
    NULL
  }

  /// The head of a map whose `size` pairs follow it in the sequence.
  record MapHead(int size) {}

  private Cbor() {}

  static byte[] encode(Object item) {
    return sequence(item);
  }

  /// The items one behind the other (RFC 8742).
  static byte[] sequence(Object... items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object item : items) {
      write(item, out);
    }
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
      case Boolean truth -> out.write(truth ? TRUE : FALSE);
      case Null _ -> out.write(NULL);
      case MapHead map -> head(5, map.size(), out);
      default -> throw new IllegalArgumentException("no CBOR form for " + item.getClass());
    }
  }

  private static void head(int major, long argument, ByteArrayOutputStream out) {
    ByteBuffer head = ByteBuffer.allocate(headBytes(argument));
    head(major, argument, head);
    out.writeBytes(head.array());
  }

  /// Writes the head of an item of a major type (RFC 8949 §3).
  static void head(int major, long argument, ByteBuffer out) {
    int type = major << 5;
    switch (headBytes(argument)) {
      case 1 -> out.put((byte) (type | (int) argument));
      case 2 -> out.put((byte) (type | 24)).put((byte) argument);
      case 3 -> out.put((byte) (type | 25)).putShort((short) argument);
      case 5 -> out.put((byte) (type | 26)).putInt((int) argument);
      default -> out.put((byte) (type | 27)).putLong(argument);
    }
  }

  /// How long the head of an item with this argument is.
  static int headBytes(long argument) {
    if (argument < 24) {
      return 1;
    }
    return argument < 0x100 ? 2 : argument < 0x10000 ? 3 : argument < 0x1_0000_0000L ? 5 : 9;
  }
}
