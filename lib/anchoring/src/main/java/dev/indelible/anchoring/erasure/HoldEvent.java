package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// A row of `hold_event`: what was said about holding a record, each a statement of its own about
/// that record, so that placing and releasing a hold cannot be denied later.
///
/// @param id of the statement
/// @param record the record
/// @param organisation whose record it is
/// @param number counts from 1 for each record
/// @param kind `held`, `released`, or `erasure-refused` because of a hold
/// @param reason a code; of a refused erasure the legal basis that it named
/// @param saidBy subject of the token
/// @param saidAt RFC 3339, UTC
public record HoldEvent(
    UUID id,
    UUID record,
    String organisation,
    int number,
    String kind,
    String reason,
    String saidBy,
    String saidAt) {
  static final String TABLE = "hold_event";
  static final String HELD = "held";
  static final String RELEASED = "released";
  static final String REFUSED = "erasure-refused";

  static HoldEvent read(ResultSet row) throws SQLException {
    return new HoldEvent(
        row.getObject("id", UUID.class),
        row.getObject("record", UUID.class),
        row.getString("organisation"),
        row.getInt("number"),
        row.getString("kind"),
        row.getString("reason"),
        row.getString("said_by"),
        row.getString("said_at"));
  }

  /// The fact: `record.held/v1`, `record.released/v1` or `record.erasure-refused/v1`.
  TracedStatement statement() {
    return TracedStatement.builder("record." + kind + "/v1", cell("kind"))
        .put("/id", cell("id"), id)
        .put("/record", cell("record"), record)
        .put("/organisation", cell("organisation"), organisation)
        .put("/number", cell("number"), number)
        .put("/reason", cell("reason"), reason)
        .put("/saidBy", cell("said_by"), saidBy)
        .put("/saidAt", cell("said_at"), saidAt)
        .build();
  }

  private Cell cell(String column) {
    return new Cell(TABLE, id.toString(), column);
  }

  LiveStatement live() {
    return new LiveStatement(id, TABLE, id.toString(), organisation, record, statement());
  }
}
