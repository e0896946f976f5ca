package dev.indelible.ledger;

/// Where the keys of the logs come from.
public interface KeySource {
  /// The keys of a log.
  ///
  /// @param log the log's name
  /// @param origin the name in which they sign
  /// @throws IllegalArgumentException when a key is missing or does not fit
  LogKeys of(String log, String origin);
}
