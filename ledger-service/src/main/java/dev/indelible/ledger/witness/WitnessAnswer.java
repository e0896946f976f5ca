package dev.indelible.ledger.witness;

import dev.indelible.transparency.note.NoteSignature;

/// What a witness says to a checkpoint (C2SP tlog-witness, add-checkpoint).
public sealed interface WitnessAnswer {
  /// 200: it cosigned; the line has been verified.
  record Cosigned(NoteSignature line) implements WitnessAnswer {}

  /// 409 with `text/x.tlog.size`: it knows another size than we thought.
  record Knows(long size) implements WitnessAnswer {}

  /// 422: it says that it has seen another tree of this log.
  record Fork(String message) implements WitnessAnswer {}

  /// A 409 that names no size. Version 1.0.0 says so, of two trees of one size, that it has seen
  /// the other one; and a broken witness says anything.
  record Unclear(String message) implements WitnessAnswer {}

  /// Anything else, or nothing at all. Says nothing about the log.
  record Silent(String message) implements WitnessAnswer {}
}
