package dev.indelible.witness;

import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SubtreeStatement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The keys of one witness, all in its name: Ed25519 (type 0x04), ML-DSA-44 (type 0x06) or both.
///
/// @param signers at least one, no two of one type
record Cosigners(List<NoteSigner> signers) {

  private static final List<KeyType> TYPES =
      List.of(KeyType.ED25519_COSIGNATURE, KeyType.ML_DSA_44_COSIGNATURE);

  Cosigners {
    signers = List.copyOf(signers);
    Set<KeyType> types = EnumSet.noneOf(KeyType.class);
    for (NoteSigner signer : signers) {
      if (!signer.key().type().isTimed() || !types.add(signer.key().type())) {
        throw new IllegalArgumentException("a witness has at most one key of each type");
      }
    }
    if (signers.isEmpty()) {
      throw new IllegalArgumentException("a witness needs a key");
    }
  }

  /// Reads PEM texts, each with one key pair or several; the algorithm is what the key says.
  static Cosigners of(String name, List<String> pems) {
    List<NoteSigner> signers = new ArrayList<>();
    for (String pem : pems) {
      for (String pair : pem.split("(?=-----BEGIN PRIVATE KEY-----)")) {
        if (pair.contains("PRIVATE KEY")) {
          signers.add(signer(name, pair));
        }
      }
    }
    return new Cosigners(signers);
  }

  private static NoteSigner signer(String name, String pem) {
    for (KeyType type : TYPES) {
      try {
        return NoteSigner.of(name, type, PemKey.parse(type.algorithm(), pem));
      } catch (IllegalArgumentException otherAlgorithm) {
        continue;
      }
    }
    throw new IllegalArgumentException("neither an Ed25519 nor an ML-DSA-44 key pair");
  }

  /// The keys under which others find our cosignatures, a line each.
  String vkeys() {
    StringBuilder lines = new StringBuilder();
    signers.forEach(signer -> lines.append(signer.key().vkey()).append('\n'));
    return lines.toString();
  }

  /// One cosignature by each key.
  List<NoteSignature> sign(String checkpoint, long unixSeconds) {
    // SPEC: "The cosignature MUST NOT omit the timestamp, i.e. the timestamp MUST NOT be zero."
    if (unixSeconds <= 0) {
      throw new IllegalStateException("the clock of this machine is not set");
    }
    return signers.stream().map(signer -> signer.sign(checkpoint, unixSeconds)).toList();
  }

  /// One cosignature by each key that can sign subtrees: only ML-DSA-44 has a message for them.
  List<NoteSignature> sign(SubtreeStatement statement) {
    return signers.stream()
        .filter(signer -> signer.key().type() == KeyType.ML_DSA_44_COSIGNATURE)
        .map(signer -> signer.sign(statement))
        .toList();
  }

  boolean signsSubtrees() {
    return signers.stream()
        .anyMatch(signer -> signer.key().type() == KeyType.ML_DSA_44_COSIGNATURE);
  }
}
