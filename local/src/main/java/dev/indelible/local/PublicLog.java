package dev.indelible.local;

import java.util.List;

/// A log of the stack, as anybody can read it without signing in.
///
/// @param origin its name in checkpoints
/// @param url prefix of its checkpoint and tiles
public record PublicLog(String origin, String url) {

  /// Every log of a stack.
  public static List<PublicLog> of(Stack stack) {
    return KeyRing.LOGS.stream()
        .map(
            log -> new PublicLog(KeyRing.ORIGIN + "/" + log, stack.ledger().url() + "/logs/" + log))
        .toList();
  }
}
