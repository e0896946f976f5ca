package dev.indelible.transparency.merkle;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Up to 256 consecutive entries, each behind its length as a 16-bit big-endian number (C2SP
/// tlog-tiles).
public final class EntryBundle {
  /// The longest entry a bundle can hold, in bytes.
  public static final int MAX_ENTRY_BYTES = 65_535;

  private EntryBundle() {}

  /// The bundle of these entries.
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > MAX_ENTRY_BYTES) {
        throw new IllegalArgumentException("an entry of " + entry.length + " bytes is too long");
      }
      out.write(entry.length >>> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /// The entries of a bundle.
  ///
  /// @throws IllegalArgumentException when the lengths do not add up
  public static List<byte[]> decode(byte[] bundle) {
    List<byte[]> entries = new ArrayList<>();
    int at = 0;
    while (at < bundle.length) {
      int start = at + 2;
      int end = start <= bundle.length ? start + length(bundle, at) : Integer.MAX_VALUE;
      if (end > bundle.length) {
        throw new IllegalArgumentException("the bundle ends inside entry " + entries.size());
      }
      entries.add(Arrays.copyOfRange(bundle, start, end));
      at = end;
    }
    return entries;
  }

  private static int length(byte[] bundle, int at) {
    return (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
  }
}
