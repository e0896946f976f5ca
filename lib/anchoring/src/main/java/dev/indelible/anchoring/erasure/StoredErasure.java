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
/// @param statements whose openings were destroyed, once they were
/// @param finished whether the ledger has erased the tokens
/// @param seal the service's signature over all of that
record StoredErasure(
    RecordKey key,
    String basis,
    String by,
    String at,
    Optional<List<UUID>> statements,
    boolean finished,
    Bytes seal) {
  /// The table.
  static final String TABLE = "erasure";

  /// An erasure that somebody asks for.
  static StoredErasure requested(Issuer issuer, RecordKey key, String basis, String by, String at) {
    return new StoredErasure(key, basis, by, at, Optional.empty(), false, Bytes.of(new byte[0]))
        .sealed(issuer);
  }

  /// The same when the openings of these statements are destroyed.
  StoredErasure destroyed(Issuer issuer, List<UUID> openings) {
    return new StoredErasure(key, basis, by, at, Optional.of(openings), false, seal).sealed(issuer);
  }

  /// The same when the ledger has erased the tokens as well.
  StoredErasure finished(Issuer issuer) {
    return new StoredErasure(key, basis, by, at, statements, true, seal).sealed(issuer);
  }

  private StoredErasure sealed(Issuer issuer) {
    Bytes renewed = Seal.of(issuer, TABLE, columns());
    return new StoredErasure(key, basis, by, at, statements, finished, renewed);
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
        statements == null
            ? Optional.empty()
            : Optional.of(List.of((UUID[]) statements.getArray())),
        row.getBoolean("finished"),
        Bytes.of(row.getBytes("seal")));
  }

  /// The columns that this service did not write so. Whoever can write a row behind our back must
  /// not be able to have records destroyed, and tombstones signed, in our name, nor to have us
  /// believe that tokens are gone which are not.
  List<String> changed(Issuer issuer) {
    return Seal.changed(issuer, seal, TABLE, columns());
  }

  ErasureState state() {
    if (statements.isEmpty()) {
      return ErasureState.REQUESTED;
    }
    return finished ? ErasureState.ERASED : ErasureState.DESTROYED;
  }

  private SequencedMap<String, Object> columns() {
    SequencedMap<String, Object> columns = new LinkedHashMap<>();
    columns.put("record", key.record());
    columns.put("row_id", key.row());
    columns.put("organisation", key.organisation());
    columns.put("basis", basis);
    columns.put("requested_by", by);
    columns.put("requested_at", at);
    columns.put("statements", statements.map(List::toString).orElse(""));
    columns.put("finished", finished);
    return columns;
  }
}
