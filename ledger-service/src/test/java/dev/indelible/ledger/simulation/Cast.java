package dev.indelible.ledger.simulation;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.Issuers;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.LogKeys;
import dev.indelible.ledger.log.MatchToken;
import dev.indelible.ledger.log.Submission;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// The keys and entries that all simulations share: making them takes longer than a simulation.
final class Cast {
  static final Cast SHARED = new Cast();

  private static final String ORIGIN = "simulated.example/log";
  private static final int ENTRIES = 16;

  private final PemKey key;
  private final List<Submission> submissions;
  private final List<List<Submission>> own;

  private Cast() {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider());
    }
    key = PemKey.parse(KeyAlgorithm.ED25519, PemKey.generate(KeyAlgorithm.ED25519));
    submissions = IntStream.range(0, ENTRIES).mapToObj(this::submission).toList();
    own =
        IntStream.range(0, 3)
            .mapToObj(i -> List.of(said("genesis", i), said("policy", i)))
            .toList();
  }

  /// Entries 0 to 5 are pairs that share a unique token, 6 and 7 share one that alerts.
  private Submission submission(int i) {
    List<MatchToken> tokens =
        i < 6
            ? List.of(token(MatchToken.Kind.UNIQUE, i / 2))
            : i < 8 ? List.of(token(MatchToken.Kind.ALERT, i / 2)) : List.of();
    return Submission.of(entry("entry " + i), tokens);
  }

  private Submission said(String what, int process) {
    return Submission.of(entry(what + " by process " + process), List.of());
  }

  private Entry entry(String text) {
    return Entry.sign("urn:example:issuer", "urn:example:" + text, digest(text), key);
  }

  private static MatchToken token(MatchToken.Kind kind, int value) {
    return new MatchToken("claim", kind, 1, digest("token " + value));
  }

  private static Hash digest(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /// What relays submit.
  List<Submission> submissions() {
    return submissions;
  }

  /// What the log says first, in the words of one of its processes.
  List<Submission> own(int process) {
    return own.get(process);
  }

  /// A checkpoint over nothing. No witness looks at its signature.
  SignedNote emptyLog() {
    return unsigned(TreeHead.EMPTY);
  }

  /// A checkpoint at whose signature nobody looks.
  static SignedNote unsigned(TreeHead head) {
    return new SignedNote(new Checkpoint(ORIGIN, head).text(), List.of(unverified(ORIGIN)));
  }

  /// A signature line, five bytes long, that nobody verifies.
  static NoteSignature unverified(String name) {
    return new NoteSignature(name, "AAAAAAA=");
  }

  /// Whether the log says this of itself.
  boolean isOwn(Submission submission) {
    return own.stream().anyMatch(said -> said.contains(submission));
  }

  /// The log, whose key tells what it signs. The second signature is a stand-in that nobody
  /// verifies, since the policy does not name it: ten thousand simulations are in a hurry.
  Log log(Consumer<String> signed) {
    NoteSigner ed25519 = NoteSigner.of(ORIGIN, KeyType.ED25519, new Telling(key, signed));
    NoteSigner mlDsa44 = NoteSigner.of(ORIGIN, KeyType.ML_DSA_44_COSIGNATURE, new StandIn());
    Generation generation = new Generation(1, ed25519, mlDsa44);
    TrustPolicy policy = TrustPolicy.parse("log " + ed25519.key().vkey() + "\nquorum none\n");
    Hash nothing = digest("");
    return new Log(
        "simulated",
        ORIGIN,
        new OneGeneration(generation),
        new Issuers(List.of()),
        policy,
        new Log.Rules(nothing, nothing));
  }

  private record OneGeneration(Generation newest) implements LogKeys {
    @Override
    public List<Generation> held() {
      return List.of(newest);
    }

    @Override
    public List<Generation> signing(long size) {
      return List.of(newest);
    }

    @Override
    public void read(Connection connection, long size) {}

    @Override
    public List<VerifierKey> verifying(long size) {
      return newest.keys();
    }
  }

  /// Tells every checkpoint that it signs.
  private record Telling(Signer signer, Consumer<String> signed) implements Signer {
    @Override
    public KeyAlgorithm algorithm() {
      return signer.algorithm();
    }

    @Override
    public byte[] publicKey() {
      return signer.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      String text = new String(message, StandardCharsets.UTF_8);
      if (text.startsWith(ORIGIN + "\n")) {
        signed.accept(text);
      }
      return signer.sign(message);
    }
  }

  /// Signs nothing.
  private record StandIn() implements Signer {
    @Override
    public KeyAlgorithm algorithm() {
      return KeyAlgorithm.ML_DSA_44;
    }

    @Override
    public byte[] publicKey() {
      return new byte[algorithm().publicKeyBytes()];
    }

    @Override
    public byte[] sign(byte[] message) {
      return new byte[algorithm().signatureBytes()];
    }
  }
}
