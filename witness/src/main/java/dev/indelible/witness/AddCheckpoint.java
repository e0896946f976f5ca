package dev.indelible.witness;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.SignedNote;
import java.util.ArrayList;
import java.util.List;

/// The body of `add-checkpoint`: what the log believes we saw last, the proof from there, and the
/// checkpoint.
///
/// ```
/// old 7
/// <base64 hash>
///
/// <signed note>
/// ```
///
/// @param oldSize size of the tree we cosigned last, as the log remembers it
/// @param proof consistency proof from there
/// @param note the checkpoint with the log's signatures
record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote note) {

  /// C2SP tlog-witness: "no more than 63".
  private static final int MAX_HASHES = 63;

  AddCheckpoint {
    proof = List.copyOf(proof);
  }

  /// Reads a body.
  ///
  /// @throws IllegalArgumentException when it is malformed
  static AddCheckpoint parse(String body) {
    int split = body.indexOf("\n\n");
    if (split < 0) {
      throw new IllegalArgumentException("a blank line is expected before the checkpoint");
    }
    String[] lines = body.substring(0, split).split("\n", -1);
    List<Hash> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      proof.add(Hash.fromBase64(lines[i]));
    }
    if (proof.size() > MAX_HASHES) {
      throw new IllegalArgumentException("a proof has at most 63 hashes");
    }
    return new AddCheckpoint(oldSize(lines[0]), proof, SignedNote.parse(body.substring(split + 2)));
  }

  private static long oldSize(String line) {
    if (!line.matches("old (0|[1-9][0-9]{0,17})")) {
      throw new IllegalArgumentException("the first line is \"old\" and a tree size");
    }
    return Long.parseLong(line.substring(4));
  }
}
