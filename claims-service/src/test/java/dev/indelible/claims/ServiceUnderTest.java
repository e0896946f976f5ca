package dev.indelible.claims;

import dev.indelible.local.testing.FakeLedgerResource;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the service needs around it: a real database, keys, and a ledger that does not answer, so
/// that everything submitted stays pending. With `ledger=fake` one in memory that does.
public final class ServiceUnderTest implements QuarkusTestResourceLifecycleManager {
  static final String PRIVATE_KEY = "indelible.test.token.key";

  /// Put on a test class beside `@QuarkusTest`.
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @WithTestResource(
      value = RealPostgres.class,
      initArgs = @ResourceArg(name = "database", value = "claims"))
  @WithTestResource(ServiceUnderTest.class)
  public @interface Surroundings {}

  /// The same where statements reach a ledger, which is in memory.
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @WithTestResource(
      value = RealPostgres.class,
      initArgs = @ResourceArg(name = "database", value = "claims"))
  @WithTestResource(
      value = ServiceUnderTest.class,
      initArgs = @ResourceArg(name = "ledger", value = "fake"))
  public @interface SurroundingsWithLedger {}

  private Optional<FakeLedgerResource> ledger = Optional.empty();

  @Override
  public void init(Map<String, String> arguments) {
    ledger = Optional.ofNullable(arguments.get("ledger")).map(fake -> new FakeLedgerResource());
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(settings());
    ledger.ifPresent(
        fake -> {
          settings.putAll(fake.start());
          settings.put("indelible.anchoring.rest", "50ms");
          settings.put("indelible.anchoring.longest-back-off", "200ms");
        });
    return settings;
  }

  private static Map<String, String> settings() {
    try {
      Path folder = Files.createTempDirectory("claims-test");
      KeyPair tokens = generate("RSA");
      // Tests run in another class loader than this; system properties are one for all.
      System.setProperty(PRIVATE_KEY, base64(tokens.getPrivate().getEncoded()));
      return Map.ofEntries(
          Map.entry("quarkus.oidc.public-key", base64(tokens.getPublic().getEncoded())),
          Map.entry("quarkus.oidc-client.auth-server-url", "http://localhost:1/realms/none"),
          Map.entry("quarkus.oidc-client.credentials.secret", "none"),
          Map.entry("indelible.anchoring.ledger-url", "http://localhost:1"),
          Map.entry("indelible.anchoring.issuer-name", "claims-service"),
          Map.entry("indelible.anchoring.issuer-key", issuerKey(folder).toString()),
          Map.entry("indelible.anchoring.match-key", matchKey(folder).toString()),
          Map.entry("indelible.claims.member-index-key", matchKey(folder).toString()),
          Map.entry("indelible.anchoring.kek", matchKey(folder).toString()),
          Map.entry("indelible.anchoring.policy", policy(folder).toString()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path issuerKey(Path folder) throws IOException, GeneralSecurityException {
    KeyPair issuer = generate("Ed25519");
    String pem =
        block("PRIVATE KEY", issuer.getPrivate().getEncoded())
            + block("PUBLIC KEY", issuer.getPublic().getEncoded());
    return Files.writeString(folder.resolve("issuer.pem"), pem);
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64(der));
  }

  private static Path matchKey(Path folder) throws IOException {
    return Files.writeString(folder.resolve("match.key"), base64(new byte[32]));
  }

  /// No receipt will come, so none has to be judged.
  private static Path policy(Path folder) throws IOException, GeneralSecurityException {
    byte[] key = KeyAlgorithm.ED25519.rawPublicKey(KeyAlgorithm.ED25519.generate().getPublic());
    VerifierKey log = new VerifierKey("test.example/claims", KeyType.ED25519, base64(key));
    return Files.writeString(folder.resolve("policy"), "log " + log.vkey() + "\nquorum none\n");
  }

  private static KeyPair generate(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void stop() {
    ledger.ifPresent(FakeLedgerResource::stop);
  }
}
