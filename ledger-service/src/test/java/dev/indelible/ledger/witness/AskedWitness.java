package dev.indelible.ledger.witness;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.proof.LogReader;
import dev.indelible.ledger.witness.WitnessAnswer.Cosigned;
import dev.indelible.ledger.witness.WitnessAnswer.Knows;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import jakarta.enterprise.context.ApplicationScoped;

/// Witnesses as a test asks them, so that nothing is kept of what they say.
@ApplicationScoped
public class AskedWitness {
  private final WitnessClient client;
  private final LogReader reader;

  AskedWitness(WitnessClient client, LogReader reader) {
    this.client = client;
    this.reader = reader;
  }

  /// Has a witness of the log's policy cosign a block.
  public NoteSignature cosign(Log log, String witness, Block block) throws InterruptedException {
    WitnessSide side =
        client.side(
            log.policy().witnesses().stream()
                .filter(one -> one.name().equals(witness))
                .findFirst()
                .orElseThrow());
    SignedNote note = SignedNote.parse(block.note());
    WitnessAnswer answer = side.addCheckpoint(proof(log, 0, block), note);
    while (answer instanceof Knows(long size)) {
      answer = side.addCheckpoint(proof(log, size, block), note);
    }
    if (answer instanceof Cosigned(NoteSignature line)) {
      return line;
    }
    throw new AssertionError(witness + " says " + answer);
  }

  private ConsistencyProof proof(Log log, long from, Block block) {
    return reader.consistency(log, from, block.end()).orElseThrow();
  }
}
