package dev.indelible.ledger.api;

import dev.indelible.ledger.block.Bytes;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/// A request as it came, for another process to answer.
///
/// @param path with the log's name in it
/// @param body the body as it came
/// @param contentType what the body says it is
/// @param authorization the caller's own credentials
/// @param prefer the header `Prefer`, if it was there
/// @param forwarded whether another process sent it here already
record Forwardable(
    String path,
    Bytes body,
    Optional<String> contentType,
    String authorization,
    Optional<String> prefer,
    boolean forwarded) {

  static Forwardable of(String path, HttpHeaders headers, byte[] body) {
    return new Forwardable(
        path,
        Bytes.of(body),
        Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE)),
        headers.getHeaderString(HttpHeaders.AUTHORIZATION),
        Optional.ofNullable(headers.getHeaderString("Prefer")),
        headers.getHeaderString(WriterForward.HEADER) != null);
  }
}
