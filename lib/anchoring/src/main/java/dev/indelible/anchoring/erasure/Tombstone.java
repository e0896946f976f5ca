package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// A row of `tombstone`: the statement that a record was erased. It is about the same subject as
/// the entries that mean nothing any more, and says nothing about what they meant.
///
/// @param id of the statement
/// @param record the erased record
/// @param organisation whose record it was
/// @param entries how many entries the record has in the log, the tombstone not counted
/// @param basis code of the legal basis
/// @param erasedAt RFC 3339, UTC
public record Tombstone(
    UUID id, UUID record, String organisation, int entries, String basis, String erasedAt) {
  /// The table.
  public static final String TABLE = "tombstone";

  private static final String TYPE = "record.erased/v1";

  static Tombstone read(ResultSet row) throws SQLException {
    return new Tombstone(
        row.getObject("id", UUID.class),
        row.getObject("record", UUID.class),
        row.getString("organisation"),
        row.getInt("entries"),
        row.getString("basis"),
        row.getString("erased_at"));
  }

  /// The fact; made by this function when the row is written and when the audit finds it.
  public TracedStatement statement() {
    return TracedStatement.builder(TYPE)
        .put("/id", cell("id"), id)
        .put("/record", cell("record"), record)
        .put("/organisation", cell("organisation"), organisation)
        .put("/entries", cell("entries"), entries)
        .put("/basis", cell("basis"), basis)
        .put("/erasedAt", cell("erased_at"), erasedAt)
        .build();
  }

  private Cell cell(String column) {
    return new Cell(TABLE, id.toString(), column);
  }

  LiveStatement live() {
    return new LiveStatement(id, TABLE, id.toString(), organisation, record, statement());
  }
}
