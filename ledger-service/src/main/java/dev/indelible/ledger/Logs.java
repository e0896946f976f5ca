package dev.indelible.ledger;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.kit.signature.FastSignatures;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The logs of this deployment, read from the configured files at start.
@ApplicationScoped
public class Logs {
  private final List<Log> logs = new ArrayList<>();

  /// Reads keys, policy and issuers; anything missing or contradictory stops the start.
  @Inject
  Logs(LedgerConfig config, KeySource source) {
    FastSignatures.register();
    String policy = read(config.policy());
    String issuers = read(config.issuers());
    Log.Rules rules = new Log.Rules(sha256(policy), sha256(issuers));
    TrustPolicy trust = TrustPolicy.parse(policy);
    for (String name : config.logs()) {
      String origin = config.origin() + "/" + requireName(name);
      LogKeys keys = requireNamed(source.of(name, origin), trust, origin);
      logs.add(new Log(name, origin, keys, Issuers.parse(issuers, name), trust, rules));
    }
  }

  private static String requireName(String name) {
    if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException("not a name for a log: " + name);
    }
    return name;
  }

  /// Else we would publish checkpoints that our own policy refuses. That holds for a generation
  /// that does not sign yet too: verifiers have to know a key before it is used.
  private static LogKeys requireNamed(LogKeys keys, TrustPolicy trust, String origin) {
    for (Generation generation : keys.held()) {
      for (VerifierKey key : generation.keys()) {
        if (!trust.logKeys(origin).contains(key)) {
          throw new IllegalArgumentException(
              "the policy lacks a key of generation %d: log %s"
                  .formatted(generation.number(), key.vkey()));
        }
      }
    }
    return keys;
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
