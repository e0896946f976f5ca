package dev.indelible.ledger.api;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;

/// How long others may keep what we serve.
final class Caching {
  /// The media type of checkpoints and proofs.
  static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8");

  private Caching() {}

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
