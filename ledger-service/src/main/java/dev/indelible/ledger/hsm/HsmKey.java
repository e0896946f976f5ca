package dev.indelible.ledger.hsm;

import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.Signer;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// An Ed25519 key that never leaves its token.
///
/// A session ends when the device is restarted, the network to it breaks or somebody pulls a plug.
/// So a signature that fails is tried once more in a new session; only when that fails too there is
/// none.
///
/// Handles of sessions and keys are small numbers, which a restarted device gives out again,
/// perhaps for another key. So every signature is verified before anyone sees it, and a new session
/// is used only when the key in it has our public key.
final class HsmKey implements Signer {
  private static final Logger LOG = Logger.getLogger(HsmKey.class);

  /// `CKM_EDDSA`; without a parameter it is pure Ed25519 (PKCS#11 v3.0, current mechanisms
  /// §2.3.14).
  private static final long CKM_EDDSA = 0x1057;

  private static final long CKA_EC_POINT = 0x181;

  private final Token token;
  private final String label;
  private final byte[] publicKey;
  private @Nullable Opened opened;

  /// Opens sessions with one token.
  interface Token {
    TokenSession open() throws CryptokiException;
  }

  private record Opened(TokenSession session, long key) {}

  private HsmKey(Token token, String label, byte[] publicKey) {
    this.token = token;
    this.label = label;
    this.publicKey = publicKey;
  }

  /// Finds a key pair by its label, and proves that both halves belong together.
  static HsmKey find(Token token, String label) throws CryptokiException {
    HsmKey key = new HsmKey(token, label, publicKey(token, label));
    key.trySign(new byte[] {1});
    return key;
  }

  private static byte[] publicKey(Token token, String label) throws CryptokiException {
    TokenSession session = token.open();
    try {
      return publicKey(session, label);
    } finally {
      session.close();
    }
  }

  @Override
  public KeyAlgorithm algorithm() {
    return KeyAlgorithm.ED25519;
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public synchronized byte[] sign(byte[] message) {
    try {
      return trySign(message);
    } catch (CryptokiException first) {
      LOG.warnf("key %s: %s; opening a new session", label, first.getMessage());
      forget();
    }
    try {
      return trySign(message);
    } catch (CryptokiException second) {
      forget();
      throw new IllegalStateException("the key " + label + " cannot sign", second);
    }
  }

  /// A signature that holds.
  private synchronized byte[] trySign(byte[] message) throws CryptokiException {
    Opened now = opened == null ? open() : opened;
    opened = now;
    int length = algorithm().signatureBytes();
    byte[] signature = now.session().sign(CKM_EDDSA, now.key(), message, length);
    if (!algorithm().verify(publicKey, message, signature)) {
      throw new CryptokiException("another key than that of " + label + " signed");
    }
    return signature;
  }

  private Opened open() throws CryptokiException {
    TokenSession session = token.open();
    try {
      if (!Arrays.equals(publicKey, publicKey(session, label))) {
        throw new CryptokiException("another key is called " + label + " now");
      }
      return new Opened(session, session.find(TokenSession.PRIVATE_KEY, label));
    } catch (CryptokiException e) {
      session.close();
      throw e;
    }
  }

  private void forget() {
    if (opened != null) {
      opened.session().close();
      opened = null;
    }
  }

  /// The raw public key. Versions of the standard and tokens differ in whether its 32 bytes stand
  /// in an OCTET STRING, in a BIT STRING or in nothing.
  private static byte[] publicKey(TokenSession session, String label) throws CryptokiException {
    byte[] point = session.attribute(session.find(TokenSession.PUBLIC_KEY, label), CKA_EC_POINT);
    int raw = KeyAlgorithm.ED25519.publicKeyBytes();
    boolean octets = point.length == raw + 2 && point[0] == 0x04 && point[1] == raw;
    boolean bits =
        point.length == raw + 3 && point[0] == 0x03 && point[1] == raw + 1 && point[2] == 0;
    if (!octets && !bits && point.length != raw) {
      throw new CryptokiException(label + " is not an Ed25519 key");
    }
    return Arrays.copyOfRange(point, point.length - raw, point.length);
  }
}
