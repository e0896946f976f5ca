package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.TreeLevels;
import dev.indelible.transparency.note.KeyAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Entries of one issuer that share one Ed25519 signature (see docs/formats/entry.md).
///
/// The leaves of the batch's tree are the entries' Sig_structures, hashed as RFC 9162 §2.1.1 has
/// it. What is signed is the tree's size and root behind a label. Each entry carries its path to
/// that root, so that it is verified alone.
public final class Batch {
  /// Most entries that one signature can cover: with twelve hashes a path stays below 400 bytes.
  public static final int MAX_SIZE = 4096;

  private static final byte[] LABEL = "indelible/batch/v1\n".getBytes(StandardCharsets.US_ASCII);

  private final List<byte[]> signed;
  private final TreeLevels tree;

  private Batch(List<byte[]> signed) {
    this.signed = signed;
    this.tree = TreeLevels.of(signed.stream().map(Hash::leaf).toList());
  }

  /// Lays out a batch in the order of the drafts.
  ///
  /// @param issuer the organisation that makes the statements
  /// @param kid thumbprint of the Ed25519 key that signs
  /// @throws IllegalArgumentException when there is no draft, or more than [#MAX_SIZE]
  public static Batch of(String issuer, List<Draft> drafts, Hash kid) {
    if (drafts.isEmpty() || drafts.size() > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a batch has 1 to " + MAX_SIZE + " entries, not " + drafts.size());
    }
    EntryEncoder encoder = new EntryEncoder(EntryForm.BATCH, issuer, kid);
    List<byte[]> signed = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      signed.add(encoder.toBeSigned(draft.subject(), draft.statementRoot()));
    }
    return new Batch(signed);
  }

  /// The message that the issuer's key signs.
  public byte[] toBeSigned() {
    return toBeSigned(tree.head());
  }

  /// Label, `u64 size`, root. The label keeps it apart from a Sig_structure, which begins with
  /// 0x84, and from every text that a note can hold, for a note has no NUL.
  static byte[] toBeSigned(TreeHead head) {
    byte[] root = head.root().bytes();
    ByteBuffer out = ByteBuffer.allocate(LABEL.length + Long.BYTES + root.length);
    return out.put(LABEL).putLong(head.size()).put(root).array();
  }

  /// The entries under a signature over [#toBeSigned()], in the order of the drafts. Whether the
  /// signature holds is not checked here.
  ///
  /// @throws IllegalArgumentException when the signature does not have 64 bytes
  public List<Entry> entries(byte[] signature) {
    if (signature.length != KeyAlgorithm.ED25519.signatureBytes()) {
      throw new IllegalArgumentException("not an Ed25519 signature");
    }
    List<Entry> entries = new ArrayList<>(signed.size());
    for (int i = 0; i < signed.size(); i++) {
      byte[] path = BatchPath.encode(tree.inclusion(i));
      byte[] field = Arrays.copyOf(signature, signature.length + path.length);
      System.arraycopy(path, 0, field, signature.length, path.length);
      entries.add(new Entry(new EntryReader(EntryEncoder.entry(signed.get(i), field))));
    }
    return entries;
  }
}
