package dev.indelible.anchoring.encryption;

import dev.indelible.anchoring.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A row of `record_key`, as it is and not as it should be.
///
/// @param id the record's, or that of a statement with a key of its own
/// @param organisation whose it is, for the database's policies
/// @param kek which key it is wrapped under
/// @param wrapped the data key, in the context of all that is above
public record StoredKey(UUID id, String organisation, String kek, Bytes wrapped) {
  /// The table.
  public static final String TABLE = "record_key";

  private static final String LABEL = "indelible/record-key/v1\n";

  static StoredKey of(UUID id, String organisation, DataKey key, KeyEncryption keks) {
    String kek = keks.current();
    Bytes wrapped = keks.wrap(key.bytes(), context(id, organisation, kek));
    return new StoredKey(id, organisation, kek, wrapped);
  }

  static StoredKey read(ResultSet row) throws SQLException {
    return new StoredKey(
        row.getObject("id", UUID.class),
        row.getString("organisation"),
        row.getString("kek"),
        Bytes.of(row.getBytes("wrapped")));
  }

  Optional<DataKey> unwrap(KeyEncryption keks) {
    return unwrap(keks, organisation, kek);
  }

  private Optional<DataKey> unwrap(KeyEncryption keks, String whose, String under) {
    return keks.unwrap(under, wrapped, context(id, whose, under)).flatMap(DataKey::of);
  }

  /// Which column is to blame that the key cannot be unwrapped: the one with which, were it
  /// another, it could.
  ///
  /// @param owner whose key it should be
  String damaged(KeyEncryption keks, String owner) {
    boolean known = kek.equals(keks.current()) || keks.older().contains(kek);
    boolean underAnother =
        Stream.concat(Stream.of(keks.current()), keks.older().stream())
            .anyMatch(other -> unwrap(keks, organisation, other).isPresent());
    if (!known || underAnother) {
      return "kek";
    }
    return unwrap(keks, owner, kek).isPresent() ? "organisation" : "wrapped";
  }

  private static byte[] context(UUID id, String organisation, String kek) {
    return Gcm.additional(LABEL, id.toString(), organisation, kek);
  }
}
