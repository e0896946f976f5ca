package dev.indelible.transparency.policy;

import dev.indelible.transparency.Checkpoint;
import java.util.List;

/// A checkpoint whose log signatures hold under a policy.
///
/// @param checkpoint what was signed
/// @param cosignatures the policy's witnesses whose cosignatures hold
/// @param witnessed whether they satisfy the policy's quorum
public record OpenedCheckpoint(
    Checkpoint checkpoint, List<Cosignature> cosignatures, boolean witnessed) {
  public OpenedCheckpoint {
    cosignatures = List.copyOf(cosignatures);
  }
}
