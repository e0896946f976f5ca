package dev.indelible.ledger.api;

import dev.indelible.transparency.Hash;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Duration;

/// How long others may keep what we serve.
final class Caching {
  /// The media type of checkpoints and proofs.
  static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8");

  private Caching() {}

  /// An answer that never changes, and says so.
  static Response forever(Request request, byte[] body, MediaType type) {
    return tagged(request, body, type, forever());
  }

  /// An answer with the tag of its bytes; 304 to whoever has them already.
  static Response tagged(Request request, byte[] body, MediaType type, CacheControl control) {
    EntityTag tag = new EntityTag(Hash.sha256(body).toHex());
    ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    ResponseBuilder response = unchanged == null ? Response.ok(body, type).tag(tag) : unchanged;
    return response.cacheControl(control).build();
  }

  /// For what can never change.
  static CacheControl forever() {
    CacheControl control = new CacheControl();
    control.setMaxAge((int) Duration.ofDays(365).toSeconds());
    control.setNoTransform(false);
    control.getCacheExtension().put("public", "");
    control.getCacheExtension().put("immutable", "");
    return control;
  }

  /// For what may be newer the next time.
  static CacheControl revalidate() {
    CacheControl control = new CacheControl();
    control.setNoCache(true);
    control.setNoTransform(false);
    return control;
  }
}
