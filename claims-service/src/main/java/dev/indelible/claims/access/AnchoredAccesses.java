package dev.indelible.claims.access;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.anchoring.Sql;
import dev.indelible.kit.audit.Difference;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The access history for the audit: events in statements are rebuilt with them, events that wait
/// are checked by their seals, and an event that is neither is somebody's.
@ApplicationScoped
class AnchoredAccesses implements AnchoredRecords, SealedRows {
  private static final UUID START = new UUID(0, 0);
  private static final int PAGE = 50;

  private final AccessStore store;
  private final Issuer issuer;
  private final Sql sql;

  @Inject
  AnchoredAccesses(AccessStore store, Issuer issuer, DataSource dataSource) {
    this.store = store;
    this.issuer = issuer;
    this.sql = new Sql(dataSource);
  }

  @Override
  public String[] tables() {
    return new String[] {AccessStatement.TABLE, AccessEvent.TABLE, AccessStatement.SEALING};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return Stream.iterate(
            store.page(START, PAGE),
            page -> !page.isEmpty(),
            page -> store.page(page.getLast().id(), PAGE))
        .flatMap(List::stream)
        .map(statement -> statement.live(store.members(statement.id())));
  }

  @Override
  public long waiting(String table) {
    return table.equals(AccessStatement.TABLE)
        ? 0
        : sql.find(
                row -> row.getLong(1),
                "select count("
                    + (table.equals(AccessEvent.TABLE) ? "e" : "s")
                    + ".id) from access_sealing s left join access_event e on e.id = s.id"
                    + " where s.statement_id is null")
            .orElseThrow();
  }

  @Override
  public List<Difference> changed() {
    return sql
        .list(
            this::changed,
            """
            select e.*, e.id is null as lost, s.id as sealing, s.statement_id, s.seal
            from access_event e full join access_sealing s on s.id = e.id
            left join access_statement t on t.id = s.statement_id
            where e.id is null or t.id is null
            """)
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<Difference> changed(ResultSet row) throws SQLException {
    UUID sealing = row.getObject("sealing", UUID.class);
    if (row.getBoolean("lost")) {
      return List.of(
          difference(AccessEvent.TABLE, sealing, null, "row was deleted"),
          difference(AccessStatement.SEALING, sealing, null, "is about an event that is not here"));
    }
    UUID event = row.getObject("id", UUID.class);
    if (sealing == null) {
      return List.of(
          difference(AccessEvent.TABLE, event, null, "is in no statement and waits for none"),
          difference(AccessStatement.SEALING, event, null, "row was deleted, or never there"));
    }
    if (row.getObject("statement_id") != null) {
      return List.of(
          difference(AccessStatement.SEALING, event, "statement_id", "names a statement not here"));
    }
    return AccessEvent.read(row).changed(issuer, row.getString("seal")).stream()
        .map(
            column ->
                difference(
                    column.equals("seal") ? AccessStatement.SEALING : AccessEvent.TABLE,
                    event,
                    column,
                    "is not what the service wrote"))
        .toList();
  }

  private static Difference difference(
      String table, UUID row, @Nullable String column, String message) {
    return new Difference(table, row.toString(), column, null, null, null, message);
  }
}
