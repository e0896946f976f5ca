package dev.indelible.claims.adjudication;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.Rejection;

/// What people are called who sign: the printed name of 21 CFR 11.50(a)(1).
interface SignerNames {
  /// The name of whoever makes the request at hand.
  ///
  /// @throws Rejection (503) when nobody can say it at the moment, (403) when they have none
  String of(Caller signer);
}
