package dev.indelible.trials.protocol;

import dev.indelible.trials.statement.RowFields;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;

/// A row that belongs to a protocol version and is anchored with it.
@MappedSuperclass
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
abstract class VersionPart {
  @Id UUID id;

  @Column(name = "version_id")
  UUID versionId;

  /// Its table.
  abstract String table();

  /// The part of the statement it is in, as a member name.
  abstract String member();

  /// Its place among its like.
  abstract long position();

  void putInto(RowFields fields) {
    fields.put("id", id).put("version_id", versionId);
  }
}
