package dev.indelible.transparency.receipt;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.SignedNote;
import java.util.ArrayList;
import java.util.List;

/// A receipt as text: leaf index, inclusion proof and the checkpoint they lead to (C2SP tlog-proof,
/// file ending `.tlog-proof`).
///
/// @param proof the inclusion proof, for the size in the checkpoint
/// @param checkpoint the checkpoint with its signatures and cosignatures
public record TlogProof(InclusionProof proof, SignedNote checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";

  /// Reads the text; an `extra` line, which nobody authenticates, is skipped.
  ///
  /// @throws IllegalArgumentException when it is not a proof
  public static TlogProof parse(String text) {
    int split = text.indexOf("\n\n");
    if (split < 0) {
      throw new IllegalArgumentException("a proof has a blank line before its checkpoint");
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, split).split("\n", -1)));
    if (!lines.removeFirst().equals(HEADER)) {
      throw new IllegalArgumentException("the first line is not " + HEADER);
    }
    if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
      lines.removeFirst();
    }
    if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9][0-9]{0,17})")) {
      throw new IllegalArgumentException("the index line is missing");
    }
    long index = Long.parseLong(lines.removeFirst().substring("index ".length()));
    List<Hash> path = lines.stream().map(Hash::fromBase64).toList();
    SignedNote note = SignedNote.parse(text.substring(split + 2));
    long size = Checkpoint.parse(note.text()).head().size();
    return new TlogProof(new InclusionProof(index, size, path), note);
  }

  /// The text.
  public String print() {
    StringBuilder out = new StringBuilder(HEADER).append("\nindex ").append(proof.index());
    proof.path().forEach(hash -> out.append('\n').append(hash.toBase64()));
    return out.append("\n\n").append(checkpoint.print()).toString();
  }
}
