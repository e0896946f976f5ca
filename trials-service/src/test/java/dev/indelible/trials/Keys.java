package dev.indelible.trials;

import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.VerifierKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/// The keys a service has when it runs, made for one test run, and a ledger that does not answer:
/// everything that is accepted stays pending.
public final class Keys implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("trials-keys");
      Path issuer = folder.resolve("issuer.pem");
      Files.writeString(issuer, PemKey.generate(KeyAlgorithm.ED25519));
      Path match = folder.resolve("match");
      Files.writeString(match, Base64.getEncoder().encodeToString(new byte[32]));
      Path policy = folder.resolve("policy");
      PemKey log = PemKey.parse(KeyAlgorithm.ED25519, Files.readString(issuer));
      String vkey = VerifierKey.of("test.example/trials", KeyType.ED25519, log).vkey();
      Files.writeString(policy, "log " + vkey + "\nquorum none\n");
      KeyPair tokens = rsa();
      return Map.ofEntries(
          Map.entry("indelible.anchoring.ledger-url", "http://127.0.0.1:9"),
          Map.entry("indelible.anchoring.issuer-key", issuer.toString()),
          Map.entry("indelible.anchoring.issuer-name", "trials-service"),
          Map.entry("indelible.anchoring.match-key", match.toString()),
          Map.entry("indelible.anchoring.kek", match.toString()),
          Map.entry("indelible.anchoring.policy", policy.toString()),
          Map.entry("quarkus.oidc.public-key", base64(tokens.getPublic().getEncoded())),
          Map.entry("smallrye.jwt.sign.key", base64(tokens.getPrivate().getEncoded())),
          Map.entry("quarkus.oidc-client.auth-server-url", "http://127.0.0.1:9/realms/indelible"),
          Map.entry("quarkus.log.category.\"io.quarkus.oidc.client\".level", "OFF"),
          Map.entry("quarkus.oidc-client.client-id", "trials-service"),
          Map.entry("quarkus.oidc-client.credentials.secret", "none"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] der) {
    return Base64.getEncoder().encodeToString(der);
  }

  @Override
  public void stop() {}
}
