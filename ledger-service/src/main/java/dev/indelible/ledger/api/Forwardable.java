package dev.indelible.ledger.api;

/// A request as it came, for another process to answer.
///
/// @param path with the log's name in it
/// @param body the body as text
/// @param authorization the caller's own credentials
/// @param forwarded whether another process sent it here already
record Forwardable(String path, String body, String authorization, boolean forwarded) {}
