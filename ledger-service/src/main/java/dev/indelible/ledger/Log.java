package dev.indelible.ledger;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.policy.TrustPolicy;

/// One log: its names, its keys and whom it believes.
///
/// @param name short name, in URLs and rows
/// @param origin unique name, in checkpoints
/// @param keys with which it signs
/// @param issuers who may sign entries
/// @param policy witnesses and quorum
/// @param rules digests of the files that the log's policy entry commits to
public record Log(
    String name, String origin, LogKeys keys, Issuers issuers, TrustPolicy policy, Rules rules) {

  /// SHA-256 of the policy file and of the issuers file.
  public record Rules(Hash policy, Hash issuers) {}

  /// Today's signature, by the newest generation of keys.
  public NoteSigner ed25519() {
    return keys.newest().ed25519();
  }

  /// The signature that outlives quantum computers, by the newest generation of keys.
  public NoteSigner mlDsa44() {
    return keys.newest().mlDsa44();
  }

  /// The issuer name under which the log speaks of itself.
  public String issuer() {
    return "urn:indelible:log:" + origin;
  }
}
