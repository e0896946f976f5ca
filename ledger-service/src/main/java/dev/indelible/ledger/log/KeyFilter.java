package dev.indelible.ledger.log;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A set of sixteen-byte digests that forgets which ones: a Bloom filter (B. Bloom, "Space/time
/// trade-offs in hash coding with allowable errors", 1970) whose bits for one key share a cache
/// line (F. Putze, P. Sanders, J. Singler, "Cache-, hash- and space-efficient Bloom filters",
/// 2007).
///
/// With 10 bits a key and 7 of them set it says of about one key in 70 that it may be there
/// although it is not. It grows: when a layer is full a twice as large one comes on top.
final class KeyFilter {
  private static final int BITS_PER_KEY = 10;
  private static final int BITS_SET = 7;
  private static final int LINE_WORDS = 8; // 64 bytes
  private static final int LINE_BITS = LINE_WORDS * Long.SIZE;
  private static final int SMALLEST = 1 << 14;

  private final List<Layer> layers = new ArrayList<>();

  /// @param keys how many are expected; more are no mistake
  KeyFilter(long keys) {
    layers.add(new Layer(Math.max(SMALLEST, Long.highestOneBit(Math.max(1, keys)) * 2)));
  }

  void add(UUID key) {
    Layer newest = layers.getLast();
    if (newest.isFull()) {
      newest = new Layer(newest.room * 2);
      layers.add(newest);
    }
    newest.add(key);
  }

  /// Whether the key may be there; if not, it is not.
  boolean mayHold(UUID key) {
    for (Layer layer : layers) {
      if (layer.mayHold(key)) {
        return true;
      }
    }
    return false;
  }

  private static final class Layer {
    private final long room;
    private final long lines;
    private final long[] words;
    private long held;

    Layer(long room) {
      this.room = room;
      this.lines = room * BITS_PER_KEY / LINE_BITS;
      this.words = new long[Math.toIntExact(lines * LINE_WORDS)];
    }

    boolean isFull() {
      return held == room;
    }

    void add(UUID key) {
      int line = line(key);
      for (int i = 0; i < BITS_SET; i++) {
        int bit = bit(key, i);
        words[line + bit / Long.SIZE] |= 1L << bit;
      }
      held++;
    }

    boolean mayHold(UUID key) {
      int line = line(key);
      for (int i = 0; i < BITS_SET; i++) {
        int bit = bit(key, i);
        if ((words[line + bit / Long.SIZE] & (1L << bit)) == 0) {
          return false;
        }
      }
      return true;
    }

    /// The key is a digest, so any of its bits are as good as a hash of it.
    private int line(UUID key) {
      return (int) Math.unsignedMultiplyHigh(key.getMostSignificantBits(), lines) * LINE_WORDS;
    }

    private static int bit(UUID key, int i) {
      return (int) (key.getLeastSignificantBits() >>> (i * 9)) & (LINE_BITS - 1);
    }
  }
}
