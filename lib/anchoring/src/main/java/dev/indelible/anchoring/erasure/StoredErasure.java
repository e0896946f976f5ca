package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.Seal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/// A row of `erasure`, as it is and not as it should be.
///
/// @param key the record
/// @param basis code of the legal basis
/// @param by subject of the token
/// @param at RFC 3339, UTC
/// @param seal the service's signature over all of that
/// @param statements whose openings were destroyed, once they were
/// @param finished whether the ledger has erased the tokens
record StoredErasure(
    RecordKey key,
    String basis,
    String by,
    String at,
    Bytes seal,
    Optional<List<UUID>> statements,
    boolean finished) {
  private static final String TABLE = "erasure";

  static StoredErasure sealed(Issuer issuer, RecordKey key, String basis, String by, String at) {
    Bytes seal = Seal.of(issuer, TABLE, columns(key, basis, by, at));
    return new StoredErasure(key, basis, by, at, seal, Optional.empty(), false);
  }

  static StoredErasure read(ResultSet row) throws SQLException {
    RecordKey key =
        new RecordKey(
            row.getObject("record", UUID.class),
            row.getObject("row_id", UUID.class),
            row.getString("organisation"));
    Array statements = row.getArray("statements");
    return new StoredErasure(
        key,
        row.getString("basis"),
        row.getString("requested_by"),
        row.getString("requested_at"),
        Bytes.of(row.getBytes("seal")),
        statements == null
            ? Optional.empty()
            : Optional.of(List.of((UUID[]) statements.getArray())),
        row.getBoolean("finished"));
  }

  /// The columns that this service did not write so. Whoever can write a row behind our back must
  /// not be able to have records destroyed, and tombstones signed, in our name.
  List<String> changed(Issuer issuer) {
    return Seal.changed(issuer, seal, TABLE, columns(key, basis, by, at));
  }

  ErasureState state() {
    if (statements.isEmpty()) {
      return ErasureState.REQUESTED;
    }
    return finished ? ErasureState.ERASED : ErasureState.DESTROYED;
  }

  private static SequencedMap<String, Object> columns(
      RecordKey key, String basis, String by, String at) {
    SequencedMap<String, Object> columns = new LinkedHashMap<>();
    columns.put("record", key.record());
    columns.put("row_id", key.row());
    columns.put("organisation", key.organisation());
    columns.put("basis", basis);
    columns.put("requested_by", by);
    columns.put("requested_at", at);
    return columns;
  }
}
