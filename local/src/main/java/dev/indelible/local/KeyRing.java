package dev.indelible.local;

import dev.indelible.local.machine.ClientKey;
import dev.indelible.local.machine.JoseAlgorithm;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;

/// Every key of one installation, each made when first needed and readable by its owner only, and
/// the two public files that follow from them: the trust policy and the list of issuers.
///
/// ```
/// keys/logs/claims.ed25519.pem     keys/logs/claims.ml-dsa-44.pem     (likewise trials)
/// keys/logs/claims.2.ed25519.pem   keys/logs/claims.2.ml-dsa-44.pem   second generation, when made
/// keys/witnesses/witness-1.ed25519.pem   keys/witnesses/witness-1.ml-dsa-44.pem …
/// keys/issuers/claims-service.ed25519.pem   keys/issuers/trials-service.ed25519.pem
/// keys/match.key   keys/claims-service.kek   keys/trials-service.kek   keys/member-index.key
/// clients/alder-system.es384.pem   clients/alder-system.jwks …   Keycloak has the latter
/// ```
public final class KeyRing {

  /// Prefix of the origins of our logs.
  static final String ORIGIN = "demo.indelible.example";

  static final List<String> LOGS = List.of("claims", "trials");

  private final Path state;

  KeyRing(Path state) {
    this.state = state;
  }

  /// The keys of an installation.
  public static KeyRing of(Home home) {
    return new KeyRing(home.state());
  }

  /// Folder of the logs' keys, all that a ledger process gets to see.
  Path logKeys() {
    for (String log : LOGS) {
      if (generations(log).isEmpty()) {
        makeLogKeys(log, 1);
      }
    }
    return state.resolve("keys/logs");
  }

  /// Makes the keys that follow the newest ones of a log. They sign nothing before they are
  /// announced, and everybody who verifies needs the new policy before that.
  ///
  /// @return the number of their generation
  public int makeNextLogKeys(String log) {
    if (!LOGS.contains(log)) {
      throw new LocalException("There is no log called " + log, "one of " + LOGS);
    }
    logKeys();
    int next = generations(log).getLast() + 1;
    makeLogKeys(log, next);
    return next;
  }

  private void makeLogKeys(String log, int generation) {
    List.of(KeyAlgorithm.values()).forEach(algorithm -> logKey(log, generation, algorithm));
  }

  private List<Integer> generations(String log) {
    return new LogKeyFiles(state.resolve("keys/logs")).generations(log);
  }

  /// The key with which a record service signs its entries.
  Path issuerKey(String service) {
    return key("issuers/" + service, KeyAlgorithm.ED25519);
  }

  /// The key by which a client proves to Keycloak who it is.
  Path clientKey(String client) {
    String name = "clients/" + client;
    JoseAlgorithm algorithm = algorithm(client);
    Path file = state.resolve(name + "." + algorithm.name().toLowerCase(Locale.ROOT) + ".pem");
    if (!Files.exists(file)) {
      ClientKey.Made made = ClientKey.generate(algorithm);
      // Last the private half: when it is there, both are.
      var ignored = replace(name + ".jwks", made.jwks());
      return replace(state.relativize(file).toString(), made.pem());
    }
    return file;
  }

  /// The public half of that key, a JWK Set.
  String clientJwks(String client) {
    var ignored = clientKey(client);
    return read(state.resolve("clients/" + client + ".jwks"));
  }

  /// The same, to sign with.
  ClientKey client(String client) {
    return ClientKey.parse(client, algorithm(client), read(clientKey(client)));
  }

  /// SMART App Launch 2.2 has two, and either organisation chose.
  private static JoseAlgorithm algorithm(String client) {
    return Set.of("birch-system", "cardia-system").contains(client)
        ? JoseAlgorithm.RS384
        : JoseAlgorithm.ES384;
  }

  /// The key under which the policy knows a witness.
  Path witnessKey(int number) {
    return key("witnesses/" + witness(number), KeyAlgorithm.ED25519);
  }

  /// All keys of a witness: it signs with each, and only its ML-DSA key can sign subtrees.
  List<Path> witnessKeys(int number) {
    return List.of(witnessKey(number), key("witnesses/" + witness(number), KeyAlgorithm.ML_DSA_44));
  }

  /// The name in a witness's verifier key.
  static String witnessName(int number) {
    return ORIGIN + "/" + witness(number);
  }

  /// The secret under which the record services compute match tokens.
  Path matchKey() {
    return secret("keys/match.key");
  }

  /// The key under which a record service wraps the data keys of its records.
  Path kek(String service) {
    return secret("keys/" + service + ".kek");
  }

  /// The key under which the claims-service finds the rows of a member.
  Path memberIndexKey() {
    return secret("keys/member-index.key");
  }

  private Path secret(String name) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return make(name, Base64.getEncoder().encodeToString(secret) + "\n");
  }

  /// The trust policy: our logs, the witnesses, and that most of them must agree. Its text is the
  /// one thing an offline verifier needs. A key of a log that it named once it names for ever, also
  /// when the key itself was destroyed: old receipts need it.
  ///
  /// @param witnessUrls where each witness takes checkpoints
  public Path writePolicy(List<String> witnessUrls) {
    logKeys();
    SequencedSet<String> lines = new LinkedHashSet<>(namedBefore());
    for (String log : LOGS) {
      for (int generation : generations(log)) {
        lines.add("log " + logVkey(log, generation, KeyType.ED25519));
        lines.add("log " + logVkey(log, generation, KeyType.ML_DSA_44_COSIGNATURE));
      }
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < witnessUrls.size(); i++) {
      String vkey = vkey(witnessName(i + 1), KeyType.ED25519_COSIGNATURE, witnessKey(i + 1));
      lines.add("witness " + witness(i + 1) + " " + vkey + " " + witnessUrls.get(i));
      names.add(witness(i + 1));
    }
    if (names.isEmpty()) {
      lines.add("quorum none");
    } else {
      lines.add("group witnesses " + (names.size() / 2 + 1) + " " + String.join(" ", names));
      lines.add("quorum witnesses");
    }
    return replace("policy", String.join("\n", lines) + "\n");
  }

  /// Who may sign entries for which log.
  Path writeIssuers() {
    StringBuilder text = new StringBuilder();
    for (String log : LOGS) {
      String service = log + "-service";
      String vkey = vkey(service, KeyType.ED25519, issuerKey(service));
      text.append("issuer ").append(log).append(' ').append(vkey).append('\n');
    }
    return replace("issuers", text.toString());
  }

  private List<String> namedBefore() {
    Path policy = state.resolve("policy");
    try {
      return Files.exists(policy)
          ? Files.readAllLines(policy).stream().filter(line -> line.startsWith("log ")).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String logVkey(String log, int generation, KeyType type) {
    return vkey(ORIGIN + "/" + log, type, logKey(log, generation, type.algorithm()));
  }

  private Path logKey(String log, int generation, KeyAlgorithm algorithm) {
    return key("logs/" + LogKeyFiles.name(log, generation), algorithm);
  }

  private Path key(String name, KeyAlgorithm algorithm) {
    String file = "keys/" + name + LogKeyFiles.suffix(algorithm);
    Path path = state.resolve(file);
    return Files.exists(path) ? path : make(file, PemKey.generate(algorithm));
  }

  private static String vkey(String name, KeyType type, Path file) {
    return VerifierKey.of(name, type, PemKey.parse(type.algorithm(), read(file))).vkey();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String witness(int number) {
    return "witness-" + number;
  }

  private Path make(String name, String content) {
    Path file = state.resolve(name);
    return Files.exists(file) ? file : replace(name, content);
  }

  private Path replace(String name, String content) {
    Path file = state.resolve(name);
    try {
      PrivateFile.replace(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
