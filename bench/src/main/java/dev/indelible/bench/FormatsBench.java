package dev.indelible.bench;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// What the formats cost on one thread. Baseline of everything is one SHA-256 over 300 bytes, the
/// size of an entry; that of Ed25519 is the JDK's own; that of witnessed receipts is one Ed25519
/// signature checked by the same provider.
final class FormatsBench {
  private static final byte[] MESSAGE = new byte[200];
  private static final String ORIGIN = "bench.indelible.example/claims";

  private FormatsBench() {}

  static void run() {
    byte[] message = new byte[300];
    Rate hash = Rate.of(() -> Hash.leaf(message));
    Table table = new Table("Formats, one thread (baseline: SHA-256 of 300 bytes)");
    Statement statement = statement();
    Opening opening = Opening.random(new SecureRandom());
    table.row("commit to a statement of 30 fields", Rate.of(() -> opening.commit(statement)), hash);
    Verification jdk = new Verification();
    Rate jdkSign = Rate.of(jdk::sign);
    Rate jdkVerify = Rate.of(jdk::verifyEntry);
    Table jdkReceipts = receipts("the JDK", jdk, new Witnessed());
    table.row("verify a receipt (Ed25519 by the JDK)", Rate.of(jdk::verifyReceipt), hash);
    Security.addProvider(new BouncyCastleProvider());
    Verification fast = new Verification();
    table.row("verify a receipt (Ed25519 by Bouncy Castle)", Rate.of(fast::verifyReceipt), hash);
    table.print();
    Table signatures = new Table("Entries, one thread (baseline: the JDK's Ed25519)");
    signatures.row("sign an entry (Bouncy Castle)", Rate.of(fast::sign), jdkSign);
    signatures.row("verify an entry (Bouncy Castle)", Rate.of(fast::verifyEntry), jdkVerify);
    signatures.print();
    jdkReceipts.print();
    receipts("Bouncy Castle", fast, new Witnessed()).print();
  }

  /// Under a policy of three witnesses of which two must have cosigned, as the log serves receipts:
  /// with the two that made the quorum. With more of them there is more to check.
  private static Table receipts(String provider, Verification plain, Witnessed witnessed) {
    Table table =
        new Table(
            "Receipts under both signatures of the log, one thread, Ed25519 by %s (baseline: one Ed25519 check)"
                .formatted(provider));
    Rate one = Rate.of(plain::verifySignature);
    for (Quorum quorum : Quorum.ALL) {
      Rate rate = Rate.of(() -> witnessed.verify(quorum));
      table.row(quorum.label(), rate, one);
      table.note("  = %.3f ms each".formatted(1_000 / rate.perSecond()));
    }
    return table;
  }

  /// Whose cosignatures a receipt has; `w0` and `w1` have Ed25519 keys, `w2` an ML-DSA-44 key.
  private record Quorum(String label, List<Integer> witnesses) {
    static final List<Quorum> ALL =
        List.of(
            new Quorum("no witness asked for", List.of()),
            new Quorum("2 of 3 witnesses, both Ed25519", List.of(0, 1)),
            new Quorum("2 of 3 witnesses, one ML-DSA-44", List.of(0, 2)),
            new Quorum("3 of 3 witnesses, one ML-DSA-44", List.of(0, 1, 2)));
  }

  private static Statement statement() {
    Statement.Builder builder = Statement.builder();
    for (int i = 0; i < 30; i++) {
      builder.put("/lines/" + i + "/chargeMinor", 1000L + i);
    }
    return builder.build();
  }

  /// A receipt in a tree of a million leaves under a hybrid checkpoint, ready to be checked.
  private static final class Verification {
    private final PemKey key = key(KeyAlgorithm.ED25519);
    private final byte[] signature = key.sign(MESSAGE);
    private final Entry entry = entry();
    private final TlogProof proof;
    private final ReceiptVerifier verifier;
    private final String logs;

    Verification() {
      Hash leaf = entry.leafHash();
      List<Hash> path = java.util.Collections.nCopies(20, Hash.EMPTY_TREE);
      long size = 1 << 20;
      Hash root = new InclusionProof(0, size, path).rootFrom(leaf).orElseThrow();
      String text = new Checkpoint(ORIGIN, new TreeHead(size, root)).text();
      NoteSigner classic = NoteSigner.of(ORIGIN, KeyType.ED25519, key);
      NoteSigner quantum =
          NoteSigner.of(ORIGIN, KeyType.ML_DSA_44_COSIGNATURE, key(KeyAlgorithm.ML_DSA_44));
      SignedNote note = new SignedNote(text, List.of(classic.sign(text, 1), quantum.sign(text, 1)));
      proof = new TlogProof(new InclusionProof(0, size, path), note);
      logs = "log %s\nlog %s\n".formatted(classic.key().vkey(), quantum.key().vkey());
      verifier = new ReceiptVerifier(TrustPolicy.parse(logs + "quorum none\n"));
    }

    void sign() {
      use(entry());
    }

    void verifySignature() {
      require(KeyAlgorithm.ED25519.verify(key.publicKey(), MESSAGE, signature));
    }

    void verifyEntry() {
      require(entry.isSignedBy(key.publicKey()));
    }

    void verifyReceipt() {
      try {
        use(verifier.verify(entry.leafHash(), proof));
      } catch (VerificationException e) {
        throw new IllegalStateException(e);
      }
    }

    private Entry entry() {
      return Entry.sign(
          "urn:indelible:org:alder", "urn:uuid:0", CompactRange.EMPTY.head().root(), key);
    }
  }

  /// The same receipt with cosignatures, to be checked as text, as whoever receives it has it.
  private static final class Witnessed {
    private static final List<KeyType> TYPES =
        List.of(
            KeyType.ED25519_COSIGNATURE,
            KeyType.ED25519_COSIGNATURE,
            KeyType.ML_DSA_44_COSIGNATURE);

    private final Verification plain = new Verification();
    private final Map<Quorum, String> receipts = new HashMap<>();
    private final ReceiptVerifier asking;
    private final Hash leaf = plain.entry.leafHash();

    Witnessed() {
      SignedNote note = plain.proof.checkpoint();
      StringBuilder policy = new StringBuilder(plain.logs);
      List<NoteSignature> lines = new ArrayList<>();
      for (int i = 0; i < TYPES.size(); i++) {
        KeyType type = TYPES.get(i);
        NoteSigner witness = NoteSigner.of("w" + i + ".example", type, key(type.algorithm()));
        policy.append("witness w%d %s\n".formatted(i, witness.key().vkey()));
        lines.add(witness.sign(note.text(), 1));
      }
      policy.append("group ours 2 w0 w1 w2\nquorum ours\n");
      asking = new ReceiptVerifier(TrustPolicy.parse(policy.toString()));
      for (Quorum quorum : Quorum.ALL) {
        SignedNote cosigned = note.with(quorum.witnesses().stream().map(lines::get).toList());
        receipts.put(quorum, new TlogProof(plain.proof.proof(), cosigned).print());
      }
    }

    void verify(Quorum quorum) {
      try {
        TlogProof receipt = TlogProof.parse(Objects.requireNonNull(receipts.get(quorum)));
        ReceiptVerifier verifier = quorum.witnesses().isEmpty() ? plain.verifier : asking;
        require(verifier.verify(leaf, receipt).witnessed());
      } catch (VerificationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static PemKey key(KeyAlgorithm algorithm) {
    return PemKey.parse(algorithm, PemKey.generate(algorithm));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a signature that we just made does not hold");
    }
  }

  /// Keeps the result observable, so that no compiler may leave the work out.
  private static void use(Object result) {
    require(result.hashCode() != 0x5eed_5eed);
  }
}
