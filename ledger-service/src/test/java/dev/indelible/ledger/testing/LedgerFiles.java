package dev.indelible.ledger.testing;

import dev.indelible.ledger.hsm.SoftHsm;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.VerifierKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keys, policy and issuers of a ledger under test, and three witnesses: by default some that run
/// in the test's JVM, with `witnesses=real` the program that others run.
public final class LedgerFiles implements QuarkusTestResourceLifecycleManager {
  public static final String ORIGIN = "test.indelible.example";

  private static final List<KeyType> TYPES =
      List.of(KeyType.ED25519, KeyType.ML_DSA_44_COSIGNATURE);

  /// Who may sign entries. System properties carry it, since test classes are loaded twice.
  private static final String ISSUER = "indelible.test.issuer";

  private String witnesses = "";
  private int generations = 1;
  private boolean hsm;

  @Override
  public void init(Map<String, String> arguments) {
    witnesses = arguments.getOrDefault("witnesses", "");
    hsm = arguments.containsKey("hsm");
    generations = Integer.parseInt(arguments.getOrDefault("generations", "1"));
  }

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("ledger-test");
      if (hsm) {
        SoftHsm.start(folder.resolve("hsm"));
      }
      String policy = keys(folder, "claims") + keys(folder, "trials");
      String lines =
          switch (witnesses) {
            case "" -> "";
            case "real" -> RealWitnesses.start(policy + "quorum none\n");
            default -> TestWitness.startThree();
          };
      policy += lines.isEmpty() ? "quorum none\n" : lines + "group ours 2 w0 w1 w2\nquorum ours\n";
      Files.writeString(folder.resolve("policy"), policy);
      String issuer = PemKey.generate(KeyAlgorithm.ED25519);
      System.setProperty(ISSUER, issuer);
      String vkey = issuer().key().vkey();
      Files.writeString(
          folder.resolve("issuers"),
          "# who may sign\nissuer claims " + vkey + "\nissuer trials " + vkey + "\n");
      Map<String, String> settings = new HashMap<>();
      settings.put("indelible.ledger.audit-every", "off");
      settings.put("indelible.ledger.heartbeat", "500ms");
      settings.put("indelible.ledger.witness-pause", "1s");
      settings.put("indelible.ledger.origin", ORIGIN);
      settings.put("indelible.ledger.keys", folder.toString());
      settings.put("indelible.ledger.policy", folder.resolve("policy").toString());
      settings.put("indelible.ledger.issuers", folder.resolve("issuers").toString());
      if (hsm) {
        settings.put("indelible.ledger.hsm.library", token(folder).library().toString());
        settings.put("indelible.ledger.hsm.token", SoftHsm.TOKEN);
        settings.put("indelible.ledger.hsm.pin", token(folder).pin().toString());
        settings.put("indelible.ledger.answer-within", "3s");
      }
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The token that holds the Ed25519 keys, if the test asked for one.
  public static SoftHsm token(Path folder) {
    return SoftHsm.of(folder.resolve("hsm"));
  }

  private String keys(Path folder, String log) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= generations; i++) {
      lines.append(keys(folder, log, i == 1 ? log : log + "." + i));
    }
    return lines.toString();
  }

  private String keys(Path folder, String log, String name) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (KeyType type : TYPES) {
      boolean inToken = hsm && type == KeyType.ED25519;
      Signer signer = inToken ? inToken(folder, name) : inFile(folder, name, type.algorithm());
      VerifierKey key = VerifierKey.of(ORIGIN + "/" + log, type, signer);
      lines.append("log ").append(key.vkey()).append('\n');
    }
    return lines.toString();
  }

  private static Signer inFile(Path folder, String name, KeyAlgorithm algorithm)
      throws IOException {
    String pem = PemKey.generate(algorithm);
    Files.writeString(folder.resolve(name + suffix(algorithm)), pem);
    return PemKey.parse(algorithm, pem);
  }

  private static Signer inToken(Path folder, String name) throws IOException {
    String label = "key of " + name;
    Files.writeString(folder.resolve(name + ".ed25519.hsm"), label + "\n");
    return token(folder).generate(label);
  }

  /// The registered issuer.
  public static NoteSigner issuer() {
    PemKey key = PemKey.parse(KeyAlgorithm.ED25519, System.getProperty(ISSUER));
    return NoteSigner.of("claims-service", KeyType.ED25519, key);
  }

  /// A checkpoint as the log itself signs it, over whatever tree.
  public static SignedNote sign(Path folder, String log, TreeHead head) {
    String origin = ORIGIN + "/" + log;
    String text = new Checkpoint(origin, head).text();
    List<NoteSignature> lines = new ArrayList<>();
    for (KeyType type : TYPES) {
      KeyAlgorithm algorithm = type.algorithm();
      PemKey key = PemKey.parse(algorithm, read(folder.resolve(log + suffix(algorithm))));
      long now = System.currentTimeMillis() / 1000;
      lines.add(NoteSigner.of(origin, type, key).sign(text, now));
    }
    return new SignedNote(text, lines);
  }

  private static String suffix(KeyAlgorithm algorithm) {
    return algorithm == KeyAlgorithm.ED25519 ? ".ed25519.pem" : ".ml-dsa-44.pem";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    RealWitnesses.stop();
  }
}
