package dev.indelible.ledger;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.policy.TrustPolicy;
import java.util.List;

/// One log: its names, its keys and whom it believes.
///
/// @param name short name, in URLs and rows
/// @param origin unique name, in checkpoints
/// @param ed25519 today's signature
/// @param mlDsa44 the signature that outlives quantum computers
/// @param issuers who may sign entries
/// @param policy witnesses and quorum
/// @param rules digests of the files that the log's policy entry commits to
public record Log(
    String name,
    String origin,
    NoteSigner ed25519,
    NoteSigner mlDsa44,
    Issuers issuers,
    TrustPolicy policy,
    Rules rules) {

  /// SHA-256 of the policy file and of the issuers file.
  public record Rules(Hash policy, Hash issuers) {}

  /// Both signers, in the order of the signature lines.
  public List<NoteSigner> signers() {
    return List.of(ed25519, mlDsa44);
  }

  /// The issuer name under which the log speaks of itself.
  public String issuer() {
    return "urn:indelible:log:" + origin;
  }
}
