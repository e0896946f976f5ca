package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Nodes;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A log of numbered leaves that signs whatever head it is asked for, honest or not.
final class TestLog {

  private final String origin;
  private final String branch;
  private final NoteSigner classic;
  private final NoteSigner lasting;

  private TestLog(String origin, String branch, NoteSigner classic, NoteSigner lasting) {
    this.origin = origin;
    this.branch = branch;
    this.classic = classic;
    this.lasting = lasting;
  }

  static TestLog create(String origin) {
    return new TestLog(
        origin,
        "leaf ",
        signer(origin, KeyType.ED25519, KeyAlgorithm.ED25519),
        signer(origin, KeyType.ML_DSA_44_COSIGNATURE, KeyAlgorithm.ML_DSA_44));
  }

  /// The same keys over other leaves: a log that lies.
  TestLog fork() {
    return new TestLog(origin, "other ", classic, lasting);
  }

  String policyLines() {
    return "log " + classic.key().vkey() + "\nlog " + lasting.key().vkey() + "\n";
  }

  TreeHead head(int size) {
    return new TreeHead(size, TreeHash.of(leaves(0, size)));
  }

  String signed(int size) {
    return signed(new Checkpoint(origin, head(size)).text());
  }

  String signed(String text) {
    return new SignedNote(text, List.of(classic.sign(text, 1), lasting.sign(text, 1))).print();
  }

  /// With one signature only, for texts that the other kind of key cannot sign.
  String signedOnce(String text) {
    return new SignedNote(text, List.of(classic.sign(text, 1))).print();
  }

  /// A request for `add-checkpoint` with a right proof.
  String request(int from, int to) {
    Nodes nodes =
        (level, index) -> TreeHash.of(leaves((int) index << level, (int) (index + 1) << level));
    ConsistencyProof proof = Proofs.consistency(from, to, nodes);
    return "old " + from + "\n" + lines(proof.path()) + "\n" + signed(to);
  }

  static String lines(List<Hash> hashes) {
    return hashes.stream().map(hash -> hash.toBase64() + "\n").collect(Collectors.joining());
  }

  private List<Hash> leaves(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Hash.leaf((branch + i).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static NoteSigner signer(String name, KeyType type, KeyAlgorithm algorithm) {
    return NoteSigner.of(name, type, PemKey.parse(algorithm, PemKey.generate(algorithm)));
  }
}
