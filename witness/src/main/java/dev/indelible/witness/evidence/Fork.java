package dev.indelible.witness.evidence;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.tiles.AuthenticTree;
import dev.indelible.witness.tiles.SignedHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Two checkpoints of one log, both signed by it, that cannot both be of one append-only tree.
///
/// Of equal size they have different roots. Of different size, the larger tree has a beginning as
/// long as the smaller one that is another tree; a consistency proof (RFC 9162 §2.1.4) shows which.
/// Nobody can make such a proof to any other beginning, so none to the smaller checkpoint exists.
///
/// ```
/// indelible/fork/v1
/// first https://log.example/claims/
/// second https://mirror.example/claims/
/// beginning 5 <base64 root hash>
/// <base64 hashes of the proof, a line each>
/// ----- first
/// <signed note>
/// ----- second
/// <signed note>
/// ```
///
/// @param first the smaller checkpoint
/// @param second the other one
/// @param beginning what the second tree begins with; the second head itself for equal sizes
/// @param proof from there to the second tree
public record Fork(Seen first, Seen second, TreeHead beginning, ConsistencyProof proof) {
  private static final String HEADER = "indelible/fork/v1";
  private static final String FIRST = "----- first\n";
  private static final String SECOND = "----- second\n";

  /// A checkpoint and where it was shown.
  public record Seen(String place, String note) {}

  /// Two checkpoints of one size.
  public static Fork ofOneSize(Seen first, Seen second, TreeHead head) {
    return new Fork(first, second, head, new ConsistencyProof(head.size(), head.size(), List.of()));
  }

  /// Looks whether a larger tree begins with a smaller one.
  ///
  /// @param head the smaller tree
  /// @param tree the larger one; while there are doubts about its tiles, the answer means nothing
  /// @return the evidence when it begins with another
  public static Optional<Fork> between(Seen smaller, TreeHead head, Seen larger, AuthenticTree tree)
      throws IOException, InterruptedException {
    TreeHead beginning = tree.prefix(head.size());
    ConsistencyProof proof = tree.consistency(head.size());
    return beginning.equals(head) || !proof.verify(beginning, tree.head())
        ? Optional.empty()
        : Optional.of(new Fork(smaller, larger, beginning, proof));
  }

  /// Whether this proves, to somebody who believes this policy, that the log has forked. The
  /// policy's witnesses do not matter: the log's own signatures convict it.
  ///
  /// @throws VerificationException when a checkpoint is not one that the log signed
  public boolean holds(TrustPolicy policy) throws VerificationException {
    SignedHead smaller = SignedHead.of(first.note(), policy);
    SignedHead larger = SignedHead.of(second.note(), policy);
    return smaller.origin().equals(larger.origin())
        && beginning.size() == smaller.head().size()
        && !beginning.equals(smaller.head())
        && proof.verify(beginning, larger.head());
  }

  /// The evidence as text.
  public String print() {
    StringBuilder out = new StringBuilder(HEADER).append('\n');
    out.append("first ").append(first.place()).append('\n');
    out.append("second ").append(second.place()).append('\n');
    out.append("beginning ").append(beginning.size()).append(' ').append(beginning.root());
    out.append('\n');
    proof.path().forEach(hash -> out.append(hash).append('\n'));
    return out.append(FIRST + first.note() + SECOND + second.note()).toString();
  }

  /// Reads evidence.
  ///
  /// @throws IllegalArgumentException when it is something else
  public static Fork parse(String text) {
    int noteOne = text.indexOf("\n" + FIRST);
    int noteTwo = text.indexOf("\n" + SECOND);
    if (!text.startsWith(HEADER + "\n") || noteOne < 0 || noteTwo < noteOne) {
      throw new IllegalArgumentException("not evidence of a fork");
    }
    List<String> lines = List.of(text.substring(0, noteOne).split("\n", -1));
    if (lines.size() < 4 || !lines.get(3).matches("beginning (0|[1-9][0-9]{0,17}) \\S+")) {
      throw new IllegalArgumentException("the evidence names no beginning");
    }
    String[] words = lines.get(3).split(" ");
    TreeHead beginning = new TreeHead(Long.parseLong(words[1]), Hash.fromBase64(words[2]));
    List<Hash> path = lines.subList(4, lines.size()).stream().map(Hash::fromBase64).toList();
    String second = text.substring(noteTwo + 1 + SECOND.length());
    return new Fork(
        seen("first ", lines.get(1), text.substring(noteOne + 1 + FIRST.length(), noteTwo + 1)),
        seen("second ", lines.get(2), second),
        beginning,
        new ConsistencyProof(beginning.size(), size(second), path));
  }

  private static Seen seen(String keyword, String line, String note) {
    if (!line.startsWith(keyword)) {
      throw new IllegalArgumentException("the evidence does not say where it is from");
    }
    return new Seen(line.substring(keyword.length()), note);
  }

  private static long size(String note) {
    String[] lines = note.split("\n", 3);
    if (lines.length < 3 || !lines[1].matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("the second note is no checkpoint");
    }
    return Long.parseLong(lines[1]);
  }

  /// Writes the evidence into a folder, under a name that follows from it.
  public Path writeTo(Path folder) throws IOException {
    String text = print();
    String id = Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).toHex();
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve("fork-" + id.substring(0, 16) + ".txt"), text);
  }
}
