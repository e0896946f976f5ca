package dev.indelible.anchoring;

import dev.indelible.transparency.receipt.TlogProof;

/// A receipt that our own policy accepted.
///
/// @param proof index, path and checkpoint
/// @param witnessed whether a quorum of witnesses saw the checkpoint
public record VerifiedReceipt(TlogProof proof, boolean witnessed) {}
