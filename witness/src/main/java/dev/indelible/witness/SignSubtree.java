package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Subtree;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import java.util.List;

/// The body of `sign-subtree`.
///
/// ```
/// subtree 8 13
/// <base64 hash of the subtree>
/// — <subtree cosignatures, at most 8>
/// <base64 hashes of the subtree consistency proof>
///
/// <checkpoint, with at most 8 signatures or with none>
/// ```
///
/// @param subtree the leaves to sign for
/// @param hash their tree hash
/// @param cosignatures of others, over the subtree
/// @param proof from the subtree to the checkpoint
/// @param checkpoint a tree that we cosigned
/// @param signatures of the checkpoint
record SignSubtree(
    Subtree subtree,
    Hash hash,
    List<NoteSignature> cosignatures,
    List<Hash> proof,
    Checkpoint checkpoint,
    List<NoteSignature> signatures) {

  private static final String KEYWORD = "subtree ";
  private static final int MAX_SIGNATURES = 8;

  SignSubtree {
    cosignatures = List.copyOf(cosignatures);
    proof = List.copyOf(proof);
    signatures = List.copyOf(signatures);
    // SPEC: "start MUST be less than end, and end MUST be less than or equal to the checkpoint
    // size. Otherwise, the witness MUST respond with a '400 Bad Request' HTTP status code."
    if (subtree.size() == 0 || subtree.end() > checkpoint.head().size()) {
      throw new IllegalArgumentException("the checkpoint does not hold this subtree");
    }
    // SPEC: "The client MUST NOT send more than 8 subtree cosignature lines", nor "more than 8
    // checkpoint signatures".
    if (cosignatures.size() > MAX_SIGNATURES || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("more than 8 signatures");
    }
  }

  /// Reads a body.
  ///
  /// @throws IllegalArgumentException when it is malformed
  static SignSubtree parse(String body) {
    int split = ProofLines.blankLine(body);
    List<String> lines = List.of(body.substring(0, split).split("\n", -1));
    if (lines.size() < 2) {
      throw new IllegalArgumentException("a subtree line and a hash line are expected");
    }
    int hashes = 2;
    while (hashes < lines.size() && lines.get(hashes).startsWith("— ")) {
      hashes++;
    }
    String note = body.substring(split + 2);
    // SPEC: "If signatures are omitted, the body MUST terminate with the newline character that
    // concludes the checkpoint body, without empty lines."
    boolean signed = note.contains("\n\n");
    String text = signed ? SignedNote.parse(note).text() : note;
    return new SignSubtree(
        range(lines.getFirst()),
        Hash.fromBase64(lines.get(1)),
        cosignatures(lines.subList(2, hashes)),
        ProofLines.hashes(lines.subList(hashes, lines.size())),
        Checkpoint.parse(text),
        signed ? SignedNote.parse(note).signatures() : List.of());
  }

  /// SPEC: "the string `subtree`, a single space (0x20), the subtree start […], a single space
  /// (0x20), and the subtree end".
  private static Subtree range(String line) {
    String[] words = line.split(" ", -1);
    if (!line.startsWith(KEYWORD) || words.length != 3) {
      throw new IllegalArgumentException("the first line is \"subtree\", a start and an end");
    }
    long start = ProofLines.decimal(words[1]);
    long end = ProofLines.decimal(words[2]);
    if (start >= end) {
      throw new IllegalArgumentException("a subtree starts before it ends");
    }
    return new Subtree(start, end);
  }

  /// The lines as they would stand below a note.
  private static List<NoteSignature> cosignatures(List<String> lines) {
    return lines.isEmpty()
        ? List.of()
        : SignedNote.parse("-\n\n" + String.join("\n", lines) + "\n").signatures();
  }
}
