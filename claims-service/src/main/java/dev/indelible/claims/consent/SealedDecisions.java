package dev.indelible.claims.consent;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.anchoring.Sql;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
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
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The documents of decisions about consent, for the audit: every one that is here opens. Where the
/// key of the claim does not, the key is named with the claim's statement.
@ApplicationScoped
class SealedDecisions implements SealedRows {
  /// Whose keys are asked for together.
  private static final int WINDOW = 64;

  private final Sql sql;
  private final RecordKeys keys;

  @Inject
  SealedDecisions(DataSource dataSource, RecordKeys keys) {
    this.sql = new Sql(dataSource);
    this.keys = keys;
  }

  private record Documents(UUID id, UUID claim, UUID record, Bytes document, Bytes inputs) {
    static Documents read(ResultSet row) throws SQLException {
      return new Documents(
          row.getObject("id", UUID.class),
          row.getObject("claim_id", UUID.class),
          row.getObject("record", UUID.class),
          Bytes.of(row.getBytes("document")),
          Bytes.of(row.getBytes("inputs")));
    }

    Stream<Difference> damage(DataKey key) {
      EncryptedRow cells = new EncryptedRow(ConsentDecisions.TABLE, id, Optional.of(key));
      return Stream.of(cells.damage("document", document), cells.damage("inputs", inputs))
          .flatMap(Optional::stream);
    }
  }

  @Override
  public Stream<Difference> changed() {
    return sql.paged(
            Documents::read,
            "select d.id, d.claim_id, c.record, d.document, d.inputs"
                + " from consent_decision d join claim c on c.id = d.claim_id",
            "d.id",
            Documents::id)
        .gather(Gatherers.windowFixed(WINDOW))
        .flatMap(this::changed);
  }

  private Stream<Difference> changed(List<Documents> page) {
    Map<UUID, DataKey> opened =
        keys.open(
            page.stream()
                .collect(
                    Collectors.toMap(Documents::claim, Documents::record, (one, same) -> one)));
    return page.stream()
        .flatMap(row -> Optional.ofNullable(opened.get(row.claim())).stream().flatMap(row::damage));
  }
}
