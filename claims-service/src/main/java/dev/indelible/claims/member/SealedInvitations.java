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
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The invitations that wait, for the audit: each has its key, which opens its member.
@ApplicationScoped
class SealedInvitations implements SealedRows {
  /// Whose keys are asked for together.
  private static final int WINDOW = 64;

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
  public Stream<Difference> changed() {
    return sql.paged(
            Waiting::read,
            "select id, organisation, member_value from member_invitation",
            "id",
            Waiting::id)
        .gather(Gatherers.windowFixed(WINDOW))
        .flatMap(this::changed);
  }

  private Stream<Difference> changed(List<Waiting> rows) {
    Map<UUID, StoredKey> found = keys.find(rows.stream().map(Waiting::id).toList());
    return rows.stream().flatMap(row -> damage(row, found.get(row.id())).stream());
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
  public Stream<UUID> keys() {
    return sql.paged(
        row -> row.getObject("id", UUID.class),
        "select id from member_invitation",
        "id",
        Function.identity());
  }
}
