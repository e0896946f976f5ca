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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The access history for the audit: events in statements are rebuilt with them, events that wait
/// are checked by their seals, and an event that is neither is somebody's.
@ApplicationScoped
class AnchoredAccesses implements AnchoredRecords, SealedRows {
  /// Events that no statement has and that wait for one, seals and all; what is wrong with one of
  /// the two tables is here as well.
  private static final String OUTSIDE =
      """
      select e.*, e.id is null as lost, s.id as sealing, s.statement_id, s.seal
      from access_event e full join access_sealing s on s.id = e.id
      left join access_statement t on t.id = s.statement_id
      where e.id is null or t.id is null
      """;

  /// As many differences as an audit names.
  private static final int MOST = 10_000;

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
    return store.statements().map(statement -> statement.live(store.members(statement.id())));
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
  public Stream<Difference> changed() {
    List<Difference> found = new ArrayList<>();
    sql.each(
        this::changed,
        some -> {
          if (found.size() < MOST) {
            found.addAll(some);
          }
        },
        OUTSIDE);
    return found.stream();
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
