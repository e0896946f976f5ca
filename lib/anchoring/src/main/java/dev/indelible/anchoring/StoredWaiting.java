package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/// A row of `outbox`, as it is and not as it should be.
///
/// @param statementId the statement that waits
/// @param tokens its match tokens, as canonical JSON
/// @param seal the service's signature over the row and the entry
public record StoredWaiting(UUID statementId, String tokens, Bytes seal) {
  private static final String TABLE = "outbox";

  static StoredWaiting sealed(Issuer issuer, UUID statementId, Hash leafHash, String tokens) {
    Bytes seal = Seal.of(issuer, TABLE, columns(statementId, leafHash, tokens));
    return new StoredWaiting(statementId, tokens, seal);
  }

  /// The columns that this service did not write so; `entry` when it is the statement's entry.
  public List<String> changed(Issuer issuer, Hash leafHash) {
    return Seal.changed(issuer, seal, TABLE, columns(statementId, leafHash, tokens));
  }

  private static SequencedMap<String, Object> columns(
      UUID statementId, Hash leafHash, String tokens) {
    SequencedMap<String, Object> columns = new LinkedHashMap<>();
    columns.put("statement_id", statementId);
    columns.put("entry", leafHash);
    columns.put("tokens", tokens);
    return columns;
  }
}
