package dev.indelible.witness.testing;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.Nodes;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A log of numbered entries that signs whatever head it is asked for, honest or not. Everything in
/// it is made by `lib/transparency`, not by the code under test.
public final class TestLog {

  private final String origin;
  private final int forkedAt;
  private final NoteSigner classic;
  private final NoteSigner lasting;
  private final List<NoteSigner> witnesses;

  /// Hashes of each tile level, as far as they were asked for.
  private final List<List<Hash>> levels = new ArrayList<>();

  private TestLog(
      String origin,
      int forkedAt,
      NoteSigner classic,
      NoteSigner lasting,
      List<NoteSigner> witnesses) {
    this.origin = origin;
    this.forkedAt = forkedAt;
    this.classic = classic;
    this.lasting = lasting;
    this.witnesses = witnesses;
  }

  public static TestLog create(String origin) {
    return new TestLog(
        origin,
        Integer.MAX_VALUE,
        signer(origin, KeyType.ED25519),
        signer(origin, KeyType.ML_DSA_44_COSIGNATURE),
        List.of(
            signer("witness.example/a", KeyType.ED25519_COSIGNATURE),
            signer("witness.example/b", KeyType.ML_DSA_44_COSIGNATURE)));
  }

  /// The same keys over other entries: a log that lies.
  public TestLog fork() {
    return forkAt(0);
  }

  /// The same keys, and the same entries up to this index.
  public TestLog forkAt(int index) {
    return new TestLog(origin, index, classic, lasting, witnesses);
  }

  public String origin() {
    return origin;
  }

  public String policyLines() {
    return "log " + classic.key().vkey() + "\nlog " + lasting.key().vkey() + "\n";
  }

  /// Both logs' keys and both witnesses, all of whom must have signed.
  public String policy() {
    return policyLines()
        + "witness a "
        + witnesses.get(0).key().vkey()
        + "\nwitness b "
        + witnesses.get(1).key().vkey()
        + "\ngroup all all a b\nquorum all\n";
  }

  public byte[] entry(int index) {
    String text = (index >= forkedAt ? "other " : "entry ") + index + " ";
    return text.repeat(index % 7).getBytes(StandardCharsets.UTF_8);
  }

  public TreeHead head(int size) {
    return Proofs.head(size, nodes());
  }

  /// A checkpoint with the log's signatures.
  public String signed(int size) {
    return signed(new Checkpoint(origin, head(size)).text());
  }

  public String signed(String text) {
    return new SignedNote(text, List.of(classic.sign(text, 1), lasting.sign(text, 1))).print();
  }

  /// A checkpoint with the log's signatures and those of both witnesses.
  public String witnessed(int size) {
    SignedNote note = SignedNote.parse(signed(size));
    List<NoteSignature> lines =
        witnesses.stream().map(witness -> witness.sign(note.text(), 1_790_000_000)).toList();
    return note.with(lines).print();
  }

  /// With the Ed25519 signature only.
  public String signedOnce(String text) {
    return new SignedNote(text, List.of(classic.sign(text, 1))).print();
  }

  public NoteSigner lasting() {
    return lasting;
  }

  /// A request for `add-checkpoint` with a right proof.
  public String request(int from, int to) {
    ConsistencyProof proof = Proofs.consistency(from, to, nodes());
    return "old " + from + "\n" + lines(proof.path()) + "\n" + signed(to);
  }

  public static String lines(List<Hash> hashes) {
    return hashes.stream().map(hash -> hash.toBase64() + "\n").collect(Collectors.joining());
  }

  /// A subtree's hash by the definition.
  public Hash subtree(int start, int end) {
    return TreeHash.of(leaves(start, end));
  }

  /// The subtree consistency proof by the definition (draft-ietf-plants-merkle-tree-certs §4.4.1).
  public List<Hash> subtreeProof(int start, int end, int size) {
    return subproof(start, end, leaves(0, size), true);
  }

  private static List<Hash> subproof(int start, int end, List<Hash> leaves, boolean known) {
    int size = leaves.size();
    if (start == 0 && end == size) {
      return known ? List.of() : List.of(TreeHash.of(leaves));
    }
    int split = Integer.highestOneBit(size - 1);
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, size);
    List<Hash> proof = new ArrayList<>();
    if (end <= split) {
      proof.addAll(subproof(start, end, left, known));
      proof.add(TreeHash.of(right));
    } else if (split <= start) {
      proof.addAll(subproof(start - split, end - split, right, known));
      proof.add(TreeHash.of(left));
    } else {
      proof.addAll(subproof(0, end - split, right, false));
      proof.add(TreeHash.of(left));
    }
    return proof;
  }

  /// The bytes of a tile or bundle of any width that the tree of `size` leaves has.
  public synchronized byte[] tile(Tile tile) {
    int first = Math.toIntExact(tile.index() * Tile.FULL);
    if (tile.level() == Tile.ENTRIES) {
      List<byte[]> entries = new ArrayList<>();
      for (int i = 0; i < tile.width(); i++) {
        entries.add(entry(first + i));
      }
      return EntryBundle.encode(entries);
    }
    byte[] bytes = new byte[tile.width() * Hash.LENGTH];
    List<Hash> hashes = hashes(tile.level(), first + tile.width());
    for (int i = 0; i < tile.width(); i++) {
      hashes.get(first + i).copyTo(bytes, i * Hash.LENGTH);
    }
    return bytes;
  }

  private Nodes nodes() {
    return (level, index) -> {
      int within = level % 8;
      int first = Math.toIntExact(index << within);
      return TreeHash.of(
          hashes(level / 8, first + (1 << within)).subList(first, first + (1 << within)));
    };
  }

  private List<Hash> leaves(int from, int to) {
    return List.copyOf(hashes(0, to).subList(from, to));
  }

  private synchronized List<Hash> hashes(int level, int count) {
    while (levels.size() <= level) {
      levels.add(new ArrayList<>());
    }
    List<Hash> hashes = levels.get(level);
    while (hashes.size() < count) {
      int next = hashes.size();
      hashes.add(
          level == 0
              ? Hash.leaf(entry(next))
              : TreeHash.of(
                  hashes(level - 1, (next + 1) * Tile.FULL)
                      .subList(next * Tile.FULL, (next + 1) * Tile.FULL)));
    }
    return hashes;
  }

  private static NoteSigner signer(String name, KeyType type) {
    KeyAlgorithm algorithm = type.algorithm();
    return NoteSigner.of(name, type, PemKey.parse(algorithm, PemKey.generate(algorithm)));
  }
}
