package dev.indelible.claims.member;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.anchoring.Sql;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.anchoring.encryption.StoredKey;
import dev.indelible.claims.EncryptedRow;
import dev.indelible.kit.audit.Difference;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The invitations that wait, for the audit: each has its key, which opens its member.
@ApplicationScoped
class SealedInvitations implements SealedRows {
  private final Sql sql;
  private final RecordKeys keys;

  @Inject
  SealedInvitations(DataSource dataSource, RecordKeys keys) {
    this.sql = new Sql(dataSource);
    this.keys = keys;
  }

  private record Waiting(UUID id, String organisation, Bytes member) {
    static Waiting read(ResultSet row) throws SQLException {
      return new Waiting(
          row.getObject("id", UUID.class),
          row.getString("organisation"),
          Bytes.of(row.getBytes("member_value")));
    }
  }

  @Override
  public List<Difference> changed() {
    List<Waiting> rows =
        sql.list(Waiting::read, "select id, organisation, member_value from member_invitation");
    Map<UUID, StoredKey> found = keys.find(rows.stream().map(Waiting::id).toList());
    return rows.stream().flatMap(row -> damage(row, found.get(row.id())).stream()).toList();
  }

  private Optional<Difference> damage(Waiting row, @Nullable StoredKey key) {
    return keys.damage(row.id(), key, row.organisation())
        .or(
            () ->
                new EncryptedRow(
                        Invitations.TABLE, row.id(), Optional.ofNullable(key).flatMap(keys::unwrap))
                    .damage("member_value", row.member()));
  }

  @Override
  public List<UUID> keys() {
    return sql.list(row -> row.getObject(1, UUID.class), "select id from member_invitation");
  }
}
