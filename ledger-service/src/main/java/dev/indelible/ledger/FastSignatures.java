package dev.indelible.ledger;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jboss.logging.Logger;

/// Makes known who computes Ed25519 faster than the JDK does: a native provider where its library
/// loads, and Bouncy Castle everywhere. Both are asked for by name only, so that everything else
/// stays with the JDK.
final class FastSignatures {
  private static final Logger LOG = Logger.getLogger(FastSignatures.class);

  private FastSignatures() {}

  static void register() {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider());
    }
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      corretto.assertHealthy();
      Security.addProvider(corretto);
    } catch (RuntimeException | LinkageError e) {
      LOG.infof("Ed25519 by Bouncy Castle, since there is no native provider here: %s", e);
    }
  }
}
