package dev.indelible.ledger.api;

import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.note.KeyAlgorithm;

/// The parameter `alg`: under which of the log's two keys a COSE receipt is.
final class AlgorithmName {
  /// What COSE libraries of today read.
  static final String DEFAULT = "ed25519";

  private AlgorithmName() {}

  static KeyAlgorithm parse(String name) {
    return switch (name) {
      case DEFAULT -> KeyAlgorithm.ED25519;
      case "ml-dsa-44" -> KeyAlgorithm.ML_DSA_44;
      default ->
          throw Rejection.of(CommonProblem.BAD_REQUEST, "alg is ed25519 or ml-dsa-44, or absent.");
    };
  }
}
