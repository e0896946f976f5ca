package dev.indelible.ledger;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.policy.TrustPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// The logs of this deployment, read from the configured files at start.
@ApplicationScoped
public class Logs {
  private final List<Log> logs = new ArrayList<>();

  /// Reads keys, policy and issuers; anything missing or contradictory stops the start.
  @Inject
  Logs(LedgerConfig config) {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider());
    }
    String policy = read(config.policy());
    String issuers = read(config.issuers());
    Log.Rules rules = new Log.Rules(sha256(policy), sha256(issuers));
    TrustPolicy trust = TrustPolicy.parse(policy);
    for (String name : config.logs()) {
      logs.add(log(name, config, trust, Issuers.parse(issuers, name), rules));
    }
  }

  private static Log log(
      String name, LedgerConfig config, TrustPolicy trust, Issuers issuers, Log.Rules rules) {
    if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException("not a name for a log: " + name);
    }
    String origin = config.origin() + "/" + name;
    NoteSigner ed25519 = signer(config, name, origin, KeyType.ED25519);
    NoteSigner mlDsa44 = signer(config, name, origin, KeyType.ML_DSA_44_COSIGNATURE);
    if (!trust.logKeys(origin).containsAll(List.of(ed25519.key(), mlDsa44.key()))) {
      // Else we would publish checkpoints that our own policy refuses.
      throw new IllegalArgumentException("the policy does not name both keys of " + origin);
    }
    return new Log(name, origin, ed25519, mlDsa44, issuers, trust, rules);
  }

  private static NoteSigner signer(LedgerConfig config, String log, String origin, KeyType type) {
    KeyAlgorithm algorithm = type.algorithm();
    String suffix = algorithm == KeyAlgorithm.ED25519 ? ".ed25519.pem" : ".ml-dsa-44.pem";
    String pem = read(config.keys().resolve(log + suffix));
    return NoteSigner.of(origin, type, PemKey.parse(algorithm, pem));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Hash sha256(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /// All logs, in configured order.
  public List<Log> all() {
    return List.copyOf(logs);
  }

  /// The log of this name, if there is one.
  public Optional<Log> find(String name) {
    return logs.stream().filter(log -> log.name().equals(name)).findFirst();
  }

  /// The log of this name; 404 when there is none.
  public Log get(String name) {
    return find(name).orElseThrow(Rejection::notFound);
  }
}
