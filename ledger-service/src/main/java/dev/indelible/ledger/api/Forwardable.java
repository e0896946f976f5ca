package dev.indelible.ledger.api;

import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A request as it came, for another process to answer.
///
/// @param path with the log's name in it
/// @param body the body as text
/// @param authorization the caller's own credentials
/// @param prefer the header `Prefer`, if it was there
/// @param forwarded whether another process sent it here already
record Forwardable(
    String path, String body, String authorization, Optional<String> prefer, boolean forwarded) {

  static Forwardable of(String path, HttpHeaders headers, byte[] body) {
    return new Forwardable(
        path,
        new String(body, StandardCharsets.UTF_8),
        headers.getHeaderString(HttpHeaders.AUTHORIZATION),
        Optional.ofNullable(headers.getHeaderString("Prefer")),
        headers.getHeaderString(WriterForward.HEADER) != null);
  }
}
