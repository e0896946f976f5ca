package dev.indelible.kit.problem;

import java.util.List;

/// What an answer asks for, of a caller who is not known or may not do this (RFC 9110 §11.6.1): a
/// token that belongs to its bearer (RFC 6750 §3), or one that is bound to a key, with a proof (RFC
/// 9449 §7.1).
public final class Challenge {
  /// Signature algorithms of proofs: those of FAPI 2.0 §5.4.1, and ES384, which SMART's machines
  /// have.
  public static final List<String> PROOF_ALGORITHMS = List.of("ES256", "ES384", "EdDSA", "PS256");

  private static final String ALGORITHMS = "algs=\"" + String.join(" ", PROOF_ALGORITHMS) + "\"";

  /// No token.
  static final String NONE = "Bearer, DPoP " + ALGORITHMS;

  /// A token that does not hold, whatever it is.
  static final String INVALID_TOKEN =
      "Bearer error=\"invalid_token\", DPoP error=\"invalid_token\", " + ALGORITHMS;

  /// A proof that does not hold.
  static final String INVALID_PROOF = "DPoP error=\"invalid_dpop_proof\", " + ALGORITHMS;

  private Challenge() {}

  /// RFC 6750 §3.1. Scopes are asked of machines alone, whose tokens are all bound.
  static String insufficientScope(Object scope) {
    return "DPoP error=\"insufficient_scope\", scope=\"" + scope + "\", " + ALGORITHMS;
  }
}
