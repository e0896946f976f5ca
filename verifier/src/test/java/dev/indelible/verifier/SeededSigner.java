package dev.indelible.verifier;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.Signer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/// A key derived from its label, whose signatures are the same in every run.
record SeededSigner(KeyAlgorithm algorithm, String label) implements Signer {
  private byte[] seed() {
    return Hash.sha256(("indelible test key " + label).getBytes(StandardCharsets.UTF_8)).bytes();
  }

  private Ed25519PrivateKeyParameters ed25519() {
    return new Ed25519PrivateKeyParameters(seed(), 0);
  }

  private MLDSAPrivateKeyParameters mlDsa() {
    return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed());
  }

  @Override
  public byte[] publicKey() {
    return switch (algorithm) {
      case ED25519 -> ed25519().generatePublicKey().getEncoded();
      case ML_DSA_44 -> mlDsa().getPublicKey();
    };
  }

  @Override
  public byte[] sign(byte[] message) {
    org.bouncycastle.crypto.Signer signer =
        switch (algorithm) {
          case ED25519 -> new Ed25519Signer();
          case ML_DSA_44 -> new MLDSASigner();
        };
    signer.init(true, algorithm == KeyAlgorithm.ED25519 ? ed25519() : mlDsa());
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }
}
