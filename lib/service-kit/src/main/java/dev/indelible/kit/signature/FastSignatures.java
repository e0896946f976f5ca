package dev.indelible.kit.signature;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jboss.logging.Logger;

/// Makes known who computes signatures over elliptic curves faster than the JDK does: a native
/// provider where its library loads, and Bouncy Castle everywhere. Both are asked for by name only,
/// so that everything else stays with the JDK.
public final class FastSignatures {
  private static final Logger LOG = Logger.getLogger(FastSignatures.class);
  private static final String PROVIDER = fastest();

  private FastSignatures() {}

  /// Makes them known to the whole process. Needed before the first signature; once is enough.
  public static void register() {
    LOG.debugf("signatures by %s", PROVIDER);
  }

  /// The name of the fastest there is, for Ed25519 and for ECDSA.
  public static String provider() {
    return PROVIDER;
  }

  private static String fastest() {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider());
    }
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      corretto.assertHealthy();
      Security.addProvider(corretto);
      return corretto.getName();
    } catch (RuntimeException | LinkageError e) {
      LOG.infof("signatures by Bouncy Castle, since there is no native provider here: %s", e);
      return BouncyCastleProvider.PROVIDER_NAME;
    }
  }
}
