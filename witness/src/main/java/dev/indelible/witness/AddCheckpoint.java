package dev.indelible.witness;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.SignedNote;
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

  AddCheckpoint {
    proof = List.copyOf(proof);
  }

  /// Reads a body.
  ///
  /// @throws IllegalArgumentException when it is malformed
  static AddCheckpoint parse(String body) {
    int split = ProofLines.blankLine(body);
    List<String> lines = List.of(body.substring(0, split).split("\n", -1));
    // SPEC: "The old size line MUST consist of the string `old`, a single space (0x20), and the
    // tree size of the previous checkpoint".
    if (!lines.getFirst().startsWith("old ")) {
      throw new IllegalArgumentException("the first line is \"old\" and a tree size");
    }
    return new AddCheckpoint(
        ProofLines.decimal(lines.getFirst().substring(4)),
        ProofLines.hashes(lines.subList(1, lines.size())),
        SignedNote.parse(body.substring(split + 2)));
  }
}
