package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.SignedNote;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks a block's row against its own signed checkpoint, and the checkpoint against the tree.
final class BlockAudit {
  private final Log log;
  private final Findings findings;
  private long number;
  private long start;

  BlockAudit(Log log, Findings findings) {
    this.log = log;
    this.findings = findings;
  }

  /// Where the block really ends: where its checkpoint says, if the log signed that.
  long end(Block block) {
    return checkpoint(block)
        .filter(checkpoint -> isSigned(SignedNote.parse(block.note())))
        .map(checkpoint -> checkpoint.head().size())
        .orElse(block.end());
  }

  private boolean isSigned(SignedNote note) {
    return note.signatures().stream()
        .filter(log.ed25519().key()::claims)
        .anyMatch(line -> log.ed25519().key().verify(note.text(), line));
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
      checkSignatures(block, SignedNote.parse(block.note()));
    }
    number = block.number() + 1;
    start = end(block);
  }

  private void checkSignatures(Block block, SignedNote note) {
    boolean whole =
        note.print().equals(block.note())
            && note.signatures().size() == log.signers().size()
            && note.signatures().stream().allMatch(BlockAudit::isCanonical);
    expect(block, "note", whole, "it is not exactly as it was signed");
    for (NoteSigner signer : log.signers()) {
      Optional<NoteSignature> line =
          note.signatures().stream()
              .filter(signer.key()::claims)
              .filter(claimed -> signer.key().verify(note.text(), claimed))
              .findFirst();
      expect(block, "note", line.isPresent(), "the signature " + signer.key().type() + " is wrong");
      if (line.isPresent() && signer.key().type().isTimed()) {
        Instant signedAt = Instant.ofEpochSecond(signer.key().time(line.get()));
        expect(
            block,
            "sealed_at",
            signedAt.equals(block.sealedAt()),
            "the signature says " + signedAt);
      }
    }
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
