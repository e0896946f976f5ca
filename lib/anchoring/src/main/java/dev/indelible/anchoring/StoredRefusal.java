package dev.indelible.anchoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/// A row of `refusal`, as it is and not as it should be.
///
/// @param statementId the refused statement
/// @param original the entry that was there first
/// @param seal the service's signature over the row
public record StoredRefusal(UUID statementId, DuplicateOf original, Bytes seal) {
  private static final String TABLE = "refusal";

  static StoredRefusal sealed(Issuer issuer, UUID statementId, DuplicateOf original) {
    Bytes seal = Seal.of(issuer, TABLE, columns(statementId, original));
    return new StoredRefusal(statementId, original, seal);
  }

  /// The columns that this service did not write so.
  public List<String> changed(Issuer issuer) {
    return Seal.changed(issuer, seal, TABLE, columns(statementId, original));
  }

  private static SequencedMap<String, Object> columns(UUID statementId, DuplicateOf original) {
    SequencedMap<String, Object> columns = new LinkedHashMap<>();
    columns.put("statement_id", statementId);
    columns.put("original_index", original.index());
    columns.put("original_record", original.record());
    columns.put("token_name", original.name());
    return columns;
  }
}
