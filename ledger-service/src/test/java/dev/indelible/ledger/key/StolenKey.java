package dev.indelible.ledger.key;

import static io.restassured.RestAssured.get;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.receipt.TlogProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Somebody who copied the folder of a log's keys, and reads what the log publishes.
final class StolenKey {
  private final String log;
  private final String origin;
  private final List<NoteSigner> signers;

  StolenKey(String log, String origin, Path keys) throws IOException {
    this.log = log;
    this.origin = origin;
    this.signers =
        List.of(
            signer(KeyType.ED25519, keys.resolve(log + ".ed25519.pem")),
            signer(KeyType.ML_DSA_44_COSIGNATURE, keys.resolve(log + ".ml-dsa-44.pem")));
  }

  private NoteSigner signer(KeyType type, Path file) throws IOException {
    KeyAlgorithm algorithm = type.algorithm();
    return NoteSigner.of(origin, type, PemKey.parse(algorithm, Files.readString(file)));
  }

  List<VerifierKey> keys() {
    return signers.stream().map(NoteSigner::key).toList();
  }

  /// A tree of leaf hashes, which need not be anybody's.
  record Tree(List<Hash> leaves) {
    TreeHead head() {
      return new TreeHead(leaves.size(), TreeHash.of(leaves));
    }

    Tree plus(Hash leaf) {
      List<Hash> more = new ArrayList<>(leaves);
      more.add(leaf);
      return new Tree(more);
    }

    Tree with(int index, Hash leaf) {
      List<Hash> others = new ArrayList<>(leaves);
      others.set(index, leaf);
      return new Tree(others);
    }

    private Hash node(int level, long index) {
      return TreeHash.of(leaves.subList((int) index << level, (int) (index + 1) << level));
    }

    ConsistencyProof from(long size) {
      return Proofs.consistency(size, leaves.size(), this::node);
    }

    InclusionProof proof(long index) {
      return Proofs.inclusion(index, leaves.size(), this::node);
    }
  }

  /// The log's tree, of at most 255 leaves, as everyone can read it.
  Tree published() {
    Checkpoint now =
        Checkpoint.parse(SignedNote.parse(get("/logs/" + log + "/checkpoint").asString()).text());
    byte[] tile = get("/logs/" + log + "/tile/0/000.p/" + now.head().size()).asByteArray();
    List<Hash> leaves = new ArrayList<>();
    for (int at = 0; at < tile.length; at += Hash.LENGTH) {
      leaves.add(Hash.at(tile, at));
    }
    return new Tree(leaves);
  }

  /// A checkpoint with both signatures of the log.
  SignedNote sign(Tree tree) {
    String text = new Checkpoint(origin, tree.head()).text();
    return new SignedNote(
        text, signers.stream().map(signer -> signer.sign(text, 1_800_000_000)).toList());
  }

  /// A receipt with both signatures of the log.
  TlogProof receipt(Tree tree, long index) {
    return new TlogProof(tree.proof(index), sign(tree));
  }

  /// The request by which a witness is to cosign a tree, behind one of `old` leaves.
  String addCheckpoint(long old, Tree tree) {
    StringBuilder body = new StringBuilder("old " + old + "\n");
    tree.from(old).path().forEach(hash -> body.append(hash.toBase64()).append('\n'));
    return body.append('\n').append(sign(tree).print()).toString();
  }
}
