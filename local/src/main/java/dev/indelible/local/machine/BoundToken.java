package dev.indelible.local.machine;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An access token and the key without which it opens nothing.
public record BoundToken(String text, ProofKey key) {
  /// The headers of one request: each proof is good for one.
  public Map<String, String> headers(String method, URI uri, Instant now) {
    return Map.of(
        "Authorization", "DPoP " + text, "DPoP", key.proof(method, uri, Optional.of(text), now));
  }
}
