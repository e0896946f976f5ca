package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.TestKeys;
import dev.indelible.transparency.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/// A log with keys of both kinds, the same in every run, over leaves of which one may be an entry.
record SmallLog(List<Hash> leaves) {
  static final String ORIGIN = "vectors.indelible.example/claims";
  static final Signer ED25519 = TestKeys.ed25519Counting();
  static final Signer ML_DSA = new SeededMlDsa();
  static final VerifierKey KEY = VerifierKey.of(ORIGIN, KeyType.ED25519, ED25519);
  static final VerifierKey QUANTUM_KEY =
      VerifierKey.of(ORIGIN, KeyType.ML_DSA_44_COSIGNATURE, ML_DSA);

  static SmallLog of(int size) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(Hash.leaf(new byte[] {(byte) i}));
    }
    return new SmallLog(leaves);
  }

  SmallLog with(int index, Hash leafHash) {
    List<Hash> changed = new ArrayList<>(leaves);
    changed.set(index, leafHash);
    return new SmallLog(changed);
  }

  Hash root() {
    return TreeHash.of(leaves);
  }

  TreeHead head(int size) {
    return new TreeHead(size, TreeHash.of(leaves.subList(0, size)));
  }

  InclusionProof inclusion(int index) {
    return Proofs.inclusion(index, leaves.size(), this::node);
  }

  ConsistencyProof consistency(int from) {
    return Proofs.consistency(from, leaves.size(), this::node);
  }

  private Hash node(int level, long index) {
    int start = (int) index << level;
    return TreeHash.of(leaves.subList(start, start + (1 << level)));
  }

  CoseReceipt receipt(int index, VerifierKey key) {
    return CoseReceipt.of(key, inclusion(index), signature(key));
  }

  byte[] signature(VerifierKey key) {
    Signer signer = key.equals(QUANTUM_KEY) ? ML_DSA : ED25519;
    return signer.sign(CoseReceipt.toBeSigned(key, root()));
  }

  /// ML-DSA without randomness, so that vectors stay the same; the JDK's own is randomised.
  private record SeededMlDsa() implements Signer {
    private static final MLDSAPrivateKeyParameters KEY =
        new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, new byte[32]);

    @Override
    public KeyAlgorithm algorithm() {
      return KeyAlgorithm.ML_DSA_44;
    }

    @Override
    public byte[] publicKey() {
      return KEY.getPublicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      MLDSASigner signer = new MLDSASigner();
      signer.init(true, KEY);
      signer.update(message, 0, message.length);
      try {
        return signer.generateSignature();
      } catch (CryptoException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
