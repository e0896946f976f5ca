package dev.indelible.ledger.key;

import dev.indelible.transparency.note.VerifierKey;
import java.util.List;
import java.util.OptionalLong;

/// One generation of a log's keys, and the part of the log that it signs.
///
/// @param generation counts from 1
/// @param ed25519 key of type 0x01
/// @param mlDsa44 key of type 0x06
/// @param record URN that everything said about this generation shares
/// @param announced index of the entry that brings it into force; the genesis for the first one
/// @param retired index of the entry that ends it
public record KeyTerm(
    int generation,
    VerifierKey ed25519,
    VerifierKey mlDsa44,
    String record,
    long announced,
    OptionalLong retired) {

  /// Whether the generation signs a tree of the first `size` entries. The genesis brings its keys
  /// into force before itself, since nothing else could sign it.
  public boolean isInForce(long size) {
    boolean begun = announced < size || announced == 0;
    return begun && (retired.isEmpty() || retired.getAsLong() >= size);
  }

  /// Both keys, in the order of the signature lines.
  public List<VerifierKey> keys() {
    return List.of(ed25519, mlDsa44);
  }

  KeyTerm retiredAt(long index) {
    return new KeyTerm(generation, ed25519, mlDsa44, record, announced, OptionalLong.of(index));
  }
}
