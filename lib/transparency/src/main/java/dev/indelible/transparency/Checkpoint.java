package dev.indelible.transparency;

/// A log's tree head as text that can be signed (C2SP tlog-checkpoint v1.0.0).
///
/// ```
/// demo.indelible.example/claims
/// 8
/// Xcnaeac…
/// ```
///
/// @param origin unique name of the log
/// @param head the tree head
public record Checkpoint(String origin, TreeHead head) {
  public Checkpoint {
    if (origin.isEmpty() || origin.contains("\n")) {
      throw new IllegalArgumentException("an origin is one non-empty line");
    }
  }

  /// The text that is signed.
  public String text() {
    return origin + "\n" + head.size() + "\n" + head.root().toBase64() + "\n";
  }

  /// Reads a checkpoint's text in its one spelling. Extension lines are refused: ML-DSA
  /// cosignatures would not cover them.
  ///
  /// @throws IllegalArgumentException when the text is anything else
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("a checkpoint is origin, size and root, a line each");
    }
    TreeHead head = new TreeHead(Long.parseLong(lines[1]), Hash.fromBase64(lines[2]));
    Checkpoint checkpoint = new Checkpoint(lines[0], head);
    if (!checkpoint.text().equals(text)) {
      throw new IllegalArgumentException("the checkpoint is not in its one spelling");
    }
    return checkpoint;
  }
}
