package dev.indelible.verifier;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.cose.Draft;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Disclosure;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A small log with real keys, the same in every run: eleven entries, hybrid signatures, three
/// witnesses of which two have to agree.
final class World {
  static final String ORIGIN = "vectors.indelible.example/claims";
  static final long TIME = 1_794_650_640; // 14 November 2026, 10:04 UTC
  static final int INDEX = 6;

  static final NoteSigner LOG = signer(ORIGIN, KeyType.ED25519, "log");
  static final NoteSigner LOG_PQ = signer(ORIGIN, KeyType.ML_DSA_44_COSIGNATURE, "log pq");
  static final NoteSigner OTHER_LOG = signer(ORIGIN, KeyType.ED25519, "other log");
  static final NoteSigner W1 = witness("w1.example", KeyType.ED25519_COSIGNATURE);
  static final NoteSigner W2 = witness("w2.example", KeyType.ED25519_COSIGNATURE);
  static final NoteSigner W3 = witness("w3.example", KeyType.ED25519_COSIGNATURE);
  static final NoteSigner WPQ = witness("pq.example", KeyType.ML_DSA_44_COSIGNATURE);
  static final NoteSigner ISSUER = signer("alder", KeyType.ED25519, "alder");

  static final Statement STATEMENT =
      Statement.builder()
          .put("/type", "claim.submitted/v1")
          .put("/claim/number", "CLM-A-0107")
          .put("/claim/billedMinor", 64_000)
          .put("/claim/currency", "EUR")
          .put("/lines/0/code", "E0601")
          .put("/lines/0/serviceDate", "2026-03-14")
          .put("/lines/0/emergency", false)
          .put("/member/name", "Ana Müller \"Ă\" \ud83d\ude00 /\\\n\u0001\u2028")
          .put("/zero", -0L)
          .build();
  static final Opening OPENING =
      Opening.of(
          Arrays.copyOf(
              ("seed of the test claim " + "x".repeat(64)).getBytes(StandardCharsets.UTF_8), 64));
  static final Entry ENTRY =
      Entry.sign(
          "urn:indelible:org:alder",
          "urn:uuid:6f1f1e2e-7d43-4a6f-9f0e-0123456789ab",
          OPENING.commit(STATEMENT).root(),
          ISSUER.signer());

  /// The same statement, signed as the fourth of five.
  static final Entry BATCH_ENTRY = batch(5).get(3);

  private World() {}

  /// A batch that says at its place 3, or its last, what [#ENTRY] says.
  static List<Entry> batch(int size) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Hash root = Hash.leaf(new byte[] {(byte) i});
      drafts.add(new Draft("urn:uuid:00000000-0000-4000-8000-00000000000" + i, root));
    }
    drafts.set(Math.min(3, size - 1), new Draft(ENTRY.subject(), ENTRY.statementRoot()));
    return Entry.signBatch(ENTRY.issuer(), drafts, ISSUER.signer());
  }

  private static NoteSigner signer(String name, KeyType type, String label) {
    return NoteSigner.of(name, type, new SeededSigner(type.algorithm(), label));
  }

  private static NoteSigner witness(String name, KeyType type) {
    return signer(name, type, name);
  }

  static List<Hash> leaves() {
    return leaves(ENTRY.bytes());
  }

  static List<Hash> leaves(byte[] entry) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      leaves.add(i == INDEX ? Hash.leaf(entry) : Hash.leaf(new byte[] {(byte) i}));
    }
    return leaves;
  }

  static String document(Predicate<String> shown) {
    return CanonicalJson.text(Disclosure.of(ENTRY, STATEMENT, OPENING, shown).toJson());
  }

  static String checkpoint(String origin, List<Hash> leaves) {
    return new Checkpoint(origin, new TreeHead(leaves.size(), TreeHash.of(leaves))).text();
  }

  /// The receipt of the entry in a log of these leaves, signed by these.
  static String proof(String origin, List<Hash> leaves, int index, NoteSigner... signers) {
    String text = checkpoint(origin, leaves);
    List<NoteSignature> lines = Stream.of(signers).map(s -> s.sign(text, TIME)).toList();
    var path =
        Proofs.inclusion(
            index,
            leaves.size(),
            (level, node) -> {
              int start = (int) node << level;
              return TreeHash.of(leaves.subList(start, start + (1 << level)));
            });
    return new TlogProof(path, new SignedNote(text, lines)).print();
  }

  static String policy(NoteSigner... logs) {
    StringBuilder out = new StringBuilder("# Whom the regulator believes\n");
    for (NoteSigner log : logs) {
      out.append("log ").append(log.key().vkey()).append('\n');
    }
    for (NoteSigner witness : List.of(W1, W2, W3)) {
      String name = witness.key().name();
      out.append("witness ").append(name.replace(".example", ""));
      out.append(' ').append(witness.key().vkey()).append(" https://").append(name).append("/\n");
    }
    return out.append("group witnesses 2 w1 w2 w3\nquorum witnesses\n").toString();
  }
}
