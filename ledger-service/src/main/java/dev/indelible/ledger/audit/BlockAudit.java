package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.CoseSeal;
import dev.indelible.ledger.key.KeyHistory;
import dev.indelible.ledger.key.KeyTerm;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks a block's row against its own signed checkpoint, and the checkpoint against the tree.
final class BlockAudit {
  private final Log log;
  private final KeyHistory keys;
  private final Findings findings;
  private List<Integer> wrongKeys = List.of();
  private boolean hadCose;
  private long number;
  private long start;

  BlockAudit(Log log, KeyHistory keys, Findings findings) {
    this.log = log;
    this.keys = keys;
    this.findings = findings;
  }

  /// Begins behind a block.
  void beginBehind(Block block) {
    number = block.number() + 1;
    start = block.end();
  }

  /// Where the block really ends: where its checkpoint says, if the log signed that.
  long end(Block block) {
    return checkpoint(block)
        .filter(checkpoint -> isSigned(SignedNote.parse(block.note())))
        .map(checkpoint -> checkpoint.head().size())
        .orElse(block.end());
  }

  private boolean isSigned(SignedNote note) {
    return keys.terms().stream()
        .map(KeyTerm::ed25519)
        .anyMatch(key -> signature(note, key).isPresent());
  }

  private static Optional<NoteSignature> signature(SignedNote note, VerifierKey key) {
    return note.signatures().stream()
        .filter(key::claims)
        .filter(line -> key.verify(note.text(), line))
        .findFirst();
  }

  private static Optional<Checkpoint> checkpoint(Block block) {
    try {
      return Optional.of(Checkpoint.parse(SignedNote.parse(block.note()).text()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Compares the row with the place it stands in, with its checkpoint, and with the tree that the
  /// entries make.
  void check(Block block, TreeHead tree) {
    findings.countRow();
    expect(block, "number", block.number() == number, "block " + number + " is missing before it");
    expect(block, "start_", block.start() == start, "the block does not start at " + start);
    Optional<Checkpoint> checkpoint = checkpoint(block);
    if (checkpoint.isEmpty()) {
      expect(block, "note", false, "the checkpoint cannot be read");
    } else {
      TreeHead signed = checkpoint.get().head();
      expect(block, "end_", block.end() == signed.size(), "the signed size is " + signed.size());
      expect(
          block, "root", block.head().root().equals(signed.root()), "the signed root is another");
      expect(block, "note", checkpoint.get().origin().equals(log.origin()), "it is of another log");
      expect(block, null, signed.equals(tree), "the entries do not hash to the signed root");
      checkSignatures(block, SignedNote.parse(block.note()), signed.root());
    }
    number = block.number() + 1;
    start = end(block);
  }

  private void checkSignatures(Block block, SignedNote note, Hash root) {
    boolean whole =
        note.print().equals(block.note())
            && note.signatures().stream().allMatch(BlockAudit::isCanonical);
    expect(block, "note", whole, "it is not exactly as it was signed");
    List<VerifierKey> expected = keys.keys(block.end());
    if (isByKeysInForce(block, note, expected)) {
      expected.forEach(key -> checkSignature(block, note, key));
      checkCose(block, root);
    }
  }

  /// A log that lost the announcement of a key has wrong signatures from there to its end; the
  /// first block of those that are wrong in the same way stands for all.
  private boolean isByKeysInForce(Block block, SignedNote note, List<VerifierKey> expected) {
    List<Integer> found = note.signatures().stream().map(NoteSignature::keyId).toList();
    boolean right = found.equals(expected.stream().map(VerifierKey::id).toList());
    if (!right && !found.equals(wrongKeys)) {
      String message =
          "other keys signed this, and perhaps later blocks, than the log had in force";
      expect(block, "note", false, message);
    }
    wrongKeys = right ? List.of() : found;
    return right;
  }

  private void checkSignature(Block block, SignedNote note, VerifierKey key) {
    Optional<NoteSignature> line = signature(note, key);
    expect(block, "note", line.isPresent(), "the signature " + key.type() + " is wrong");
    if (line.isPresent() && key.type().isTimed()) {
      Instant signedAt = Instant.ofEpochSecond(key.time(line.get()));
      boolean same = signedAt.equals(block.sealedAt());
      expect(block, "sealed_at", same, "the signature says " + signedAt);
    }
  }

  /// The first blocks of a log may be older than COSE signatures; none behind one that has them is.
  private void checkCose(Block block, Hash root) {
    Optional<CoseSeal> cose = block.cose();
    expect(block, "cose_ed25519", cose.isPresent() || !hadCose, "the COSE signatures are missing");
    if (cose.isPresent()) {
      hadCose = true;
      for (VerifierKey key : keys.inForce(block.end()).getLast().keys()) {
        KeyAlgorithm algorithm = key.type().algorithm();
        byte[] message = CoseReceipt.toBeSigned(key, root);
        boolean holds = key.verify(message, cose.get().by(algorithm));
        expect(block, column(algorithm), holds, "the COSE signature is wrong");
      }
    }
  }

  private static String column(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case ED25519 -> "cose_ed25519";
      case ML_DSA_44 -> "cose_ml_dsa_44";
    };
  }

  /// Base64 has spare bits that decode to nothing; a signature line uses none of them.
  static boolean isCanonical(NoteSignature line) {
    byte[] blob = Base64.getDecoder().decode(line.blob());
    return Base64.getEncoder().encodeToString(blob).equals(line.blob());
  }

  private void expect(Block block, @Nullable String field, boolean holds, String message) {
    if (!holds) {
      String row = log.name() + "/" + block.number();
      findings.differs(new Place("block", row, field), block.number(), null, message);
    }
  }
}
