package dev.indelible.anchoring.erasure;

import dev.indelible.anchoring.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The tables `erasure`, `tombstone` and `hold_event`.
@ApplicationScoped
class ErasureStore {
  private static final String COLUMNS =
      "record, row_id, organisation, basis, requested_by, requested_at, seal, statements, finished";

  private final Sql sql;

  @Inject
  ErasureStore(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /// Makes everything that is said about one record wait for one another, until the transaction
  /// ends.
  void lock(UUID record) {
    var locked =
        sql.list(
            row -> true,
            "select pg_advisory_xact_lock(hashtextextended(?, 0))",
            "erasure/" + record);
    assert locked.size() == 1;
  }

  void insert(StoredErasure row, Instant notBefore) {
    sql.one(
        "insert into erasure (record, row_id, organisation, basis, requested_by, requested_at,"
            + " seal, not_before) values (?, ?, ?, ?, ?, ?, ?, ?)",
        row.key().record(),
        row.key().row(),
        row.key().organisation(),
        row.basis(),
        row.by(),
        row.at(),
        row.seal().toArray(),
        Timestamp.from(notBefore));
  }

  Optional<StoredErasure> find(UUID record) {
    return sql.find(
        StoredErasure::read, "select " + COLUMNS + " from erasure where record = ?", record);
  }

  Optional<StoredErasure> findByRow(UUID row, String organisation) {
    return sql.find(
        StoredErasure::read,
        "select " + COLUMNS + " from erasure where row_id = ? and organisation = ?",
        row,
        organisation);
  }

  /// All of them, as they are asked for.
  Stream<StoredErasure> erasures() {
    return sql.paged(
        StoredErasure::read,
        "select " + COLUMNS + " from erasure",
        "record",
        erasure -> erasure.key().record());
  }

  /// The oldest erasure with which something can be done: rows are still to be destroyed, or the
  /// tombstone is in the log by now.
  Optional<StoredErasure> due(Instant now) {
    return sql.find(
        StoredErasure::read,
        "select "
            + COLUMNS
            + " from erasure e where not finished and not_before <= ? and (statements is null"
            + " or exists (select from tombstone t join receipt r on r.statement_id = t.id"
            + " where t.record = e.record)) order by not_before, requested_at limit 1",
        Timestamp.from(now));
  }

  void advanced(StoredErasure row) {
    sql.one(
        "update erasure set statements = ?, finished = ?, seal = ?, last_error = null"
            + " where record = ?",
        row.statements().map(ids -> ids.toArray(UUID[]::new)).orElseThrow(),
        row.finished(),
        row.seal().toArray(),
        row.key().record());
  }

  void postpone(UUID record, Instant notBefore, String error) {
    sql.one(
        "update erasure set not_before = ?, last_error = ? where record = ?",
        Timestamp.from(notBefore),
        error,
        record);
  }

  void insert(Tombstone row) {
    sql.one(
        "insert into tombstone (id, record, organisation, entries, basis, erased_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        row.id(),
        row.record(),
        row.organisation(),
        row.entries(),
        row.basis(),
        row.erasedAt());
  }

  Optional<Tombstone> tombstone(UUID record) {
    return sql.find(Tombstone::read, "select * from tombstone where record = ?", record);
  }

  /// All of them, as they are asked for.
  Stream<Tombstone> tombstones() {
    return sql.paged(Tombstone::read, "select * from tombstone", "id", Tombstone::id);
  }

  /// Records that have a tombstone though nobody asked for their erasure, as they are asked for.
  Stream<UUID> erasedUnasked() {
    return sql.paged(
        row -> row.getObject("record", UUID.class),
        "select record from (select record from tombstone except select record from erasure) t",
        "record",
        Function.identity());
  }

  void insert(HoldEvent row) {
    sql.one(
        "insert into hold_event (id, record, organisation, number, kind, reason, said_by, said_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        row.id(),
        row.record(),
        row.organisation(),
        row.number(),
        row.kind(),
        row.reason(),
        row.saidBy(),
        row.saidAt());
  }

  /// What was said about holding a record, first to last.
  List<HoldEvent> events(UUID record) {
    return sql.list(
        HoldEvent::read, "select * from hold_event where record = ? order by number", record);
  }

  /// All of them, as they are asked for.
  Stream<HoldEvent> events() {
    return sql.paged(HoldEvent::read, "select * from hold_event", "id", HoldEvent::id);
  }
}
