package dev.indelible.local.testing;

import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts the fake ledger and writes the key and policy files of a deployment.
public final class FakeLedgerResource implements QuarkusTestResourceLifecycleManager {
  private @Nullable FakeLedger ledger;

  @Override
  public Map<String, String> start() {
    try {
      NoteSigner log = signer(FakeLog.ORIGIN, KeyType.ED25519);
      NoteSigner otherLog = signer(FakeLog.OTHER_ORIGIN, KeyType.ED25519);
      NoteSigner witness = signer("witness.example", KeyType.ED25519_COSIGNATURE);
      FakeLedger started = new FakeLedger(new FakeLog(log, otherLog, witness));
      ledger = started;
      Path folder = Files.createTempDirectory("anchoring");
      String policy =
          "log %s\nlog %s\nwitness w %s\nquorum w\n"
              .formatted(log.key().vkey(), otherLog.key().vkey(), witness.key().vkey());
      String issuer = PemKey.generate(KeyAlgorithm.ED25519);
      String matchKey = Base64.getEncoder().encodeToString(new byte[32]);
      Map<String, String> config = new HashMap<>();
      config.put("ledger-url", "http://localhost:" + started.port() + "/");
      config.put("log", FakeLedger.LOG);
      config.put("issuer-name", "things-service");
      config.put("policy", write(folder, "policy", policy));
      config.put("issuer-key", write(folder, "issuer.pem", issuer));
      config.put("match-key", write(folder, "match", matchKey));
      config.put("kek", write(folder, "kek", matchKey));
      Map<String, String> prefixed = new HashMap<>();
      config.forEach((key, value) -> prefixed.put("indelible.anchoring." + key, value));
      prefixed.put(
          "quarkus.oidc-client.auth-server-url",
          "http://localhost:" + started.port() + "/realms/indelible");
      return prefixed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NoteSigner signer(String name, KeyType type) {
    PemKey key = PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519));
    return NoteSigner.of(name, type, key);
  }

  private static String write(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Override
  public void stop() {
    if (ledger != null) {
      ledger.stop();
    }
  }
}
