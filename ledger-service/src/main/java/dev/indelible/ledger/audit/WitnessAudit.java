package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.Cosignatures;
import dev.indelible.ledger.block.Cosignatures.Line;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks the cosignatures of a block, and that it is called witnessed if and only if it is.
final class WitnessAudit {
  private final Connection connection;
  private final Log log;
  private final Findings findings;
  private final long policyEntry;

  /// @param policyEntry index of the entry by which the present policy came into force
  WitnessAudit(Connection connection, Log log, Findings findings, long policyEntry) {
    this.connection = connection;
    this.log = log;
    this.findings = findings;
    this.policyEntry = policyEntry;
  }

  void check(Block block) throws SQLException {
    SignedNote own;
    try {
      own = SignedNote.parse(block.note());
    } catch (IllegalArgumentException e) {
      return; // The block's own audit has reported it.
    }
    List<NoteSignature> held = new ArrayList<>();
    for (Line line : Cosignatures.lines(connection, log.name(), block.number())) {
      findings.countRow();
      check(block, own, line).ifPresent(held::add);
    }
    if (block.witnessedNote().isPresent()) {
      checkWitnessed(block, own, held);
    } else if (!held.isEmpty() && Cosignatures.hasQuorum(log, own.with(held))) {
      differs(block, "witnessed_note", "the block has its quorum, but is not called witnessed");
    }
  }

  private Optional<NoteSignature> check(Block block, SignedNote own, Line line) {
    Optional<Witness> witness =
        log.policy().witnesses().stream()
            .filter(known -> known.name().equals(line.witness()))
            .findFirst();
    Place place =
        new Place("cosignature", log.name() + "/" + block.number() + "/" + line.witness(), "line");
    if (witness.isEmpty()) {
      doubtful(block, place, "the policy does not know this witness");
      return Optional.empty();
    }
    Optional<NoteSignature> holds =
        parse(own.text(), line.text())
            .filter(witness.get().key()::claims)
            .filter(signature -> witness.get().key().verify(own.text(), signature));
    if (holds.isEmpty()) {
      doubtful(block, place, "the cosignature does not hold");
    }
    return holds;
  }

  private static Optional<NoteSignature> parse(String text, String line) {
    try {
      List<NoteSignature> lines = SignedNote.parse(text + "\n" + line).signatures();
      return lines.size() == 1
              && lines.getFirst().line().equals(line)
              && BlockAudit.isCanonical(lines.getFirst())
          ? Optional.of(lines.getFirst())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void checkWitnessed(Block block, SignedNote own, List<NoteSignature> held) {
    String text = block.witnessedNote().orElseThrow();
    SignedNote witnessed;
    try {
      witnessed = SignedNote.parse(text);
    } catch (IllegalArgumentException e) {
      differs(block, "witnessed_note", "it cannot be read");
      return;
    }
    List<NoteSignature> lines = witnessed.signatures();
    int ours = own.signatures().size();
    boolean composed =
        text.equals(witnessed.print())
            && witnessed.text().equals(own.text())
            && lines.size() > ours
            && lines.subList(0, ours).equals(own.signatures())
            && held.containsAll(lines.subList(ours, lines.size()));
    if (!composed) {
      differs(block, "witnessed_note", "it is not the checkpoint and cosignatures of this block");
    } else if (!Cosignatures.hasQuorum(log, witnessed)) {
      Place place = place(block, "witnessed_note");
      doubtful(block, place, "its cosignatures are no quorum");
    }
  }

  /// Under an earlier policy other witnesses counted, which cannot be judged any more.
  private void doubtful(Block block, Place place, String message) {
    if (block.end() <= policyEntry) {
      findings.unchecked(place.row() + ": " + message + ", but the policy was another then");
    } else {
      findings.differs(place, block.number(), null, message);
    }
  }

  private void differs(Block block, @Nullable String field, String message) {
    findings.differs(place(block, field), block.number(), null, message);
  }

  private Place place(Block block, @Nullable String field) {
    return new Place("block", log.name() + "/" + block.number(), field);
  }
}
