package dev.indelible.kit.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.indelible.transparency.note.KeyAlgorithm;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FastSignaturesTest {
  private static final byte[] MESSAGE = "a checkpoint".getBytes(UTF_8);

  /// Who reads a log has other providers than who writes it.
  @ParameterizedTest
  @EnumSource
  void whatOneProviderSignsAllOthersVerify(KeyAlgorithm algorithm) throws Exception {
    FastSignatures.register();
    String name = FastSignatures.provider();
    assumeTrue(!name.equals(BouncyCastleProvider.PROVIDER_NAME), "no native provider here");
    Provider fast = Security.getProvider(name);
    Security.removeProvider(name);
    KeyPair pair = algorithm.generate();
    byte[] key = algorithm.rawPublicKey(pair.getPublic());
    byte[] slow = algorithm.sign(pair.getPrivate(), MESSAGE);
    Security.addProvider(fast);

    PrivateKey same = algorithm.privateKey(pair.getPrivate().getEncoded());
    // For the other it takes the keys of the JDK.
    assertEquals(
        algorithm == KeyAlgorithm.ML_DSA_44, same.getClass().getName().contains("corretto"));
    byte[] quick = algorithm.sign(same, MESSAGE);
    requireVerified(algorithm, key, slow);
    requireVerified(algorithm, key, quick);
    Security.removeProvider(name);
    try {
      requireVerified(algorithm, key, quick);
    } finally {
      Security.addProvider(fast);
    }
  }

  private static void requireVerified(KeyAlgorithm algorithm, byte[] key, byte[] signature) {
    assertTrue(algorithm.verify(key, MESSAGE, signature));
    assertFalse(algorithm.verify(key, "another".getBytes(UTF_8), signature));
    byte[] bent = signature.clone();
    bent[bent.length / 2] ^= 1;
    assertFalse(algorithm.verify(key, MESSAGE, bent));
  }
}
