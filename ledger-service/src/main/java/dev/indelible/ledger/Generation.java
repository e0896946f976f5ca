package dev.indelible.ledger;

import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.VerifierKey;
import java.util.List;

/// The two keys with which a log signs from their announcement to their retirement.
///
/// @param number counts from 1
/// @param ed25519 today's signature
/// @param mlDsa44 the signature that outlives quantum computers
public record Generation(int number, NoteSigner ed25519, NoteSigner mlDsa44) {

  /// Both signers, in the order of the signature lines.
  public List<NoteSigner> signers() {
    return List.of(ed25519, mlDsa44);
  }

  /// How others verify, in the same order.
  public List<VerifierKey> keys() {
    return List.of(ed25519.key(), mlDsa44.key());
  }
}
