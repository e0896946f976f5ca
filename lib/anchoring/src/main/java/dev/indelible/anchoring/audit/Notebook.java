package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Sql;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// What an audit notes while it compares: in temporary tables of its transaction, so that what it
/// needs of memory does not grow with the records (ADR 028). Knows no values, only names of rows,
/// of erased subjects, and tree heads.
@ApplicationScoped
class Notebook {
  private final Sql sql;

  @Inject
  Notebook(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /// Makes the transaction at hand, which must not have read anything yet, see the database at one
  /// moment and change nothing but these notes.
  void open() {
    run("set transaction isolation level repeatable read");
    var opened = sql.find(row -> true, "select open_notebook()");
    assert opened.isPresent();
    run("set transaction read only");
  }

  private void run(String statement, Object... parameters) {
    var ignored = sql.update(statement, parameters);
  }

  /// Notes rows that there is a reason for.
  void account(List<Row> rows) {
    run(
        "insert into accounted select * from unnest(?, ?)",
        (Object) rows.stream().map(Row::table).toArray(String[]::new),
        rows.stream().map(Row::key).toArray(String[]::new));
  }

  /// How many rows of a table there is a reason for.
  long accounted(String table) {
    return sql.find(
            row -> row.getLong(1), "select count(distinct key) from accounted where tbl = ?", table)
        .orElseThrow();
  }

  /// Every statement that any table knows of and no live row accounts for.
  void statementsLeft(Consumer<UUID> each) {
    sql.each(
        row -> row.getObject(1, UUID.class),
        each,
        """
        select id from (
          select id from anchored_statement union select statement_id from receipt
          union select statement_id from refusal union select statement_id from outbox) known
        where not exists (
          select from accounted where tbl = 'anchored_statement' and key = known.id::text)
        order by id
        """);
  }

  /// Data keys that nothing accounts for.
  List<UUID> keysLeft(int limit) {
    return sql.list(
        row -> row.getObject(1, UUID.class),
        """
        select id from record_key k
        where not exists (select from accounted where tbl = 'record_key' and key = k.id::text)
        order by id limit ?
        """,
        limit);
  }

  /// Notes subjects of entries that a tombstone excuses.
  void erased(List<String> subjects) {
    if (!subjects.isEmpty()) {
      run(
          "insert into erased_subject select * from unnest(?) on conflict do nothing",
          (Object) subjects.toArray(String[]::new));
    }
  }

  /// Those of these subjects that were noted.
  Set<String> erased(Set<String> subjects) {
    return Set.copyOf(
        sql.list(
            row -> row.getString(1),
            "select subject from erased_subject where subject = any (?)",
            (Object) subjects.toArray(String[]::new)));
  }

  /// Notes tree heads that the log signed, by its receipts.
  void signed(List<TreeHead> heads) {
    run(
        "insert into signed_head select * from unnest(?, ?) on conflict do nothing",
        (Object) heads.stream().map(TreeHead::size).toArray(Long[]::new),
        heads.stream().map(head -> head.root().bytes()).toArray(byte[][]::new));
  }

  /// The noted tree heads of these sizes, smallest first.
  ///
  /// @param after a size before the first
  /// @param last the largest
  List<TreeHead> signed(long after, long last, int limit) {
    return sql.list(
        row -> new TreeHead(row.getLong("size"), Hash.of(row.getBytes("root"))),
        "select size, root from signed_head where size > ? and size <= ? order by size limit ?",
        after,
        last,
        limit);
  }
}
