package dev.indelible.claims.submission;

import dev.indelible.claims.ClaimSubmission;
import dev.indelible.kit.identity.Caller;
import java.util.Optional;

/// A claim at the door: read and found well-formed, not yet stored.
///
/// @param content what is claimed
/// @param caller who sends it
/// @param key the request's idempotency key
/// @param request form, route and bytes of the request
public record Intake(
    ClaimSubmission content, Caller caller, Optional<IdempotencyKey> key, Request request) {

  /// The request that carried the claim.
  ///
  /// @param route where it was sent; the same bytes sent elsewhere are another request
  public record Request(Format format, String route, Body body) {}

  /// The bytes of a request. A class of its own because records must not hold arrays.
  public static final class Body {
    private final byte[] bytes;

    /// Takes a copy.
    public Body(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }
}
