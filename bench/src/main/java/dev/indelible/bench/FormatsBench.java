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
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// What the formats cost on one thread. Baseline of everything is one SHA-256 over 300 bytes, the
/// size of an entry; that of Ed25519 is the JDK's own.
final class FormatsBench {
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
    table.row("verify a receipt (Ed25519 by the JDK)", Rate.of(jdk::verifyReceipt), hash);
    Security.addProvider(new BouncyCastleProvider());
    Verification fast = new Verification();
    table.row("verify a receipt (Ed25519 by Bouncy Castle)", Rate.of(fast::verifyReceipt), hash);
    table.print();
    Table signatures = new Table("Entries, one thread (baseline: the JDK's Ed25519)");
    signatures.row("sign an entry (Bouncy Castle)", Rate.of(fast::sign), jdkSign);
    signatures.row("verify an entry (Bouncy Castle)", Rate.of(fast::verifyEntry), jdkVerify);
    signatures.print();
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
    private final Entry entry = entry();
    private final TlogProof proof;
    private final ReceiptVerifier verifier;

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
      String policy = "log %s\nlog %s\nquorum none\n";
      verifier =
          new ReceiptVerifier(
              TrustPolicy.parse(policy.formatted(classic.key().vkey(), quantum.key().vkey())));
    }

    void sign() {
      use(entry());
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

    private static PemKey key(KeyAlgorithm algorithm) {
      return PemKey.parse(algorithm, PemKey.generate(algorithm));
    }
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
