package dev.indelible.local.testing;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.receipt.TlogProof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A log in memory: its entries and their match tokens, and what it signs. Signatures, proofs and
/// bundles are real, but for those that are asked for with a fault.
final class FakeLog {
  static final String ORIGIN = "test.example/things";
  static final String OTHER_ORIGIN = "test.example/others";
  private static final long WITNESSED_AT = 1_800_000_000;

  private final NoteSigner log;
  private final NoteSigner otherLog;
  private final NoteSigner witness;
  private final List<byte[]> entries = new ArrayList<>();
  private final Map<String, Integer> tokens = new HashMap<>();
  private boolean witnessed;

  /// @param otherLog of which readers believe receipts, though none are of this log
  FakeLog(NoteSigner log, NoteSigner otherLog, NoteSigner witness) {
    this.log = log;
    this.otherLog = otherLog;
    this.witness = witness;
  }

  int size() {
    return entries.size();
  }

  /// Forgets everything.
  void clear() {
    entries.clear();
    tokens.clear();
    witnessed = false;
  }

  /// Has a witness cosign from now on, or not.
  void witnessed(boolean now) {
    witnessed = now;
  }

  boolean isWitnessed() {
    return witnessed;
  }

  void flipBit(int index) {
    entries.get(index)[60] ^= 1;
  }

  void cutAt(int size) {
    entries.subList(size, entries.size()).clear();
  }

  /// Name and digest of each match token.
  Set<String> tokens() {
    return tokens.keySet();
  }

  /// Forgets the match tokens of entries, and says how many they were.
  int forgetTokens(List<Integer> indices) {
    int before = tokens.size();
    tokens.values().removeAll(indices);
    return before - tokens.size();
  }

  String subject(int index) {
    return Entry.parse(entries.get(index)).subject();
  }

  byte[] bundle(Tile tile) {
    int start = (int) tile.index() * Tile.FULL;
    return EntryBundle.encode(entries.subList(start, start + tile.width()));
  }

  /// Where the same bytes are, or -1.
  int indexOf(byte[] entry) {
    for (int i = 0; i < entries.size(); i++) {
      if (Arrays.equals(entries.get(i), entry)) {
        return i;
      }
    }
    return -1;
  }

  /// The first entry that has a unique token of this one.
  @Nullable Integer duplicate(byte[] entry, List<Json> itsTokens) {
    for (Json token : itsTokens) {
      Integer first = tokens.get(key(token));
      if (first != null && kind(token).equals("unique") && first != indexOf(entry)) {
        return first;
      }
    }
    return null;
  }

  /// Appends an entry; answers those that had one of its tokens.
  List<Integer> add(byte[] entry, List<Json> itsTokens) {
    entries.add(entry);
    List<Integer> matches = new ArrayList<>();
    for (Json token : itsTokens) {
      Integer first = tokens.putIfAbsent(key(token), entries.size() - 1);
      if (first != null) {
        matches.add(first);
      }
    }
    return matches;
  }

  private static String key(Json token) {
    JsonObject object = (JsonObject) token;
    return object.findString("name").orElseThrow() + object.findString("digest").orElseThrow();
  }

  private static String kind(Json token) {
    return ((JsonObject) token).findString("kind").orElseThrow();
  }

  /// The block of a leaf. Each has as many leaves as all before it together, so that there are
  /// small ones and large ones.
  static int block(int index) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(index);
  }

  /// A checkpoint with what is wrong with it in a mode.
  SignedNote faulty(String fault) {
    SignedNote ours = note(fault.equals("wrong-root"));
    return switch (fault) {
      case "other-log" -> {
        String text = ours.text().replace(ORIGIN, OTHER_ORIGIN);
        yield new SignedNote(
            text, List.of(otherLog.sign(text, 0), witness.sign(text, WITNESSED_AT)));
      }
      case "unsigned" ->
          new SignedNote(ours.text(), List.of(witness.sign(ours.text(), WITNESSED_AT)));
      case "false-witness" ->
          new SignedNote(
              ours.text(),
              List.of(log.sign(ours.text(), 0), witness.sign("another\n", WITNESSED_AT)));
      default -> ours;
    };
  }

  String proof(int index, boolean wrong) {
    return new TlogProof(path(index), note(wrong)).print();
  }

  InclusionProof path(int index) {
    List<Hash> leaves = entries.stream().map(Hash::leaf).toList();
    return Proofs.inclusion(
        index,
        leaves.size(),
        (level, node) ->
            TreeHash.of(leaves.subList((int) (node << level), (int) ((node + 1) << level))));
  }

  SignedNote note(boolean wrong) {
    Hash root = TreeHash.of(entries.stream().map(Hash::leaf).toList());
    Hash said = wrong ? Hash.sha256(root.bytes()) : root;
    Checkpoint checkpoint = new Checkpoint(ORIGIN, new TreeHead(entries.size(), said));
    List<NoteSignature> signatures = new ArrayList<>();
    signatures.add(log.sign(checkpoint.text(), 0));
    if (witnessed) {
      signatures.add(witness.sign(checkpoint.text(), WITNESSED_AT));
    }
    return new SignedNote(checkpoint.text(), signatures);
  }
}
