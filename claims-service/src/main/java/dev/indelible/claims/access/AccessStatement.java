package dev.indelible.claims.access;

import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.claims.TracedRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `access_statement`: events of one organisation and one hour that are one statement.
/// Statements of an organisation count from 1 without a gap, so whoever has two of them knows how
/// many were made in between; an hour without events has none.
///
/// @param record random id shared by all statements of the organisation
/// @param number counts the organisation's statements
/// @param hour the hour (UTC) of all its events, as in `2026-11-27T00`
/// @param sealedAt RFC 3339, UTC
record AccessStatement(
    UUID id, UUID record, String organisation, int number, String hour, String sealedAt) {
  static final String TABLE = "access_statement";

  /// Where an event is: the table that leads from it to its statement.
  static final String SEALING = "access_sealing";

  /// How many events a statement has at most. A disclosure of one of them has a commitment for each
  /// field of all others, some 800 bytes an event.
  static final int MOST = 250;

  private static final String TYPE = "claim.accessed/v1";

  /// An event and what became of it.
  ///
  /// @param statement none while it waits for one
  /// @param seal what vouches for it until then
  record Member(AccessEvent event, @Nullable UUID statement, @Nullable String seal) {
    static Member read(ResultSet row) throws SQLException {
      return new Member(
          AccessEvent.read(row), row.getObject("statement_id", UUID.class), row.getString("seal"));
    }
  }

  static AccessStatement read(ResultSet row) throws SQLException {
    return new AccessStatement(
        row.getObject("id", UUID.class),
        row.getObject("record", UUID.class),
        row.getString("organisation"),
        row.getInt("number"),
        row.getString("hour"),
        row.getString("sealed_at"));
  }

  /// The fact; made by this function when the events are sealed and when the audit finds them.
  ///
  /// @param members its events in the order of time and id
  TracedStatement statement(List<Member> members) {
    TracedStatement.Builder statement = TracedStatement.builder(TYPE);
    TracedRow.of(TABLE, id)
        .column("record", record)
        .column("organisation", organisation)
        .column("number", number)
        .column("hour", hour)
        .column("sealed_at", sealedAt)
        .into(statement, "");
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      member.event().row().into(statement, prefix(i));
      TracedRow.of(SEALING, member.event().id())
          .column("statement_id", member.statement())
          .column("seal", member.seal())
          .into(statement, prefix(i) + "/sealing");
    }
    return statement.build();
  }

  /// What the pointers of an event's fields begin with.
  static String prefix(int place) {
    return "/events/" + place;
  }

  LiveStatement live(List<Member> members) {
    return new LiveStatement(id, TABLE, id.toString(), organisation, record, statement(members));
  }
}
