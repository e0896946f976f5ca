package dev.indelible.witness;

import dev.indelible.transparency.Hash;
import java.util.List;

/// The lines of a request above its blank line, as both requests have them.
final class ProofLines {

  /// SPEC: "The client MUST NOT send more than 63 consistency proof lines."
  private static final int MAX_HASHES = 63;

  private ProofLines() {}

  /// Where the blank line is.
  static int blankLine(String body) {
    int split = body.indexOf("\n\n");
    if (split < 0) {
      throw new IllegalArgumentException("a blank line is expected before the checkpoint");
    }
    return split;
  }

  /// SPEC: "Each consistency proof line MUST encode a single hash in base64."
  static List<Hash> hashes(List<String> lines) {
    if (lines.size() > MAX_HASHES) {
      throw new IllegalArgumentException("a proof has at most 63 hashes");
    }
    return lines.stream().map(Hash::fromBase64).toList();
  }

  /// SPEC: "encoded as an ASCII decimal with no leading zeroes (unless the size is zero, in which
  /// case the encoding MUST be 0)."
  static long decimal(String word) {
    if (!word.matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("not a tree size: " + word);
    }
    return Long.parseLong(word);
  }
}
