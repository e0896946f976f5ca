package dev.indelible.kit.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The keys whose holders have shown a valid proof lately, by the header of that proof: a machine
/// sends the same one with each request, and to read it costs a fifth of what the signature does.
///
/// The header is remembered whole, so that no other one passes for it. That it was taken once says
/// nothing about the signature, time, address and token of the next proof.
final class HolderKeys {
  private static final int MOST = 10_000;

  private final Map<String, HolderKey> known = new ConcurrentHashMap<>();

  /// The key that a header names.
  ///
  /// @throws dev.indelible.kit.problem.InvalidProofException when it is no header of a proof
  HolderKey of(String header) {
    HolderKey found = known.get(header);
    return found == null ? HolderKey.of(header) : found;
  }

  /// For a key whose proof was taken, and no other: nobody without a token bound to it fills this.
  void remember(String header, HolderKey key) {
    if (known.putIfAbsent(header, key) == null && known.size() > MOST) {
      known.clear();
    }
  }
}
