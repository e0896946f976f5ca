package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.cose.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `outbox`. Plain SQL, because its order and its lock are the guarantee.
@ApplicationScoped
class OutboxStore {
  /// The column `tokens` of a statement that has none.
  static final String NO_TOKENS = "[]";

  private static final String SELECT =
      "select o.seq, o.statement_id, s.entry, o.tokens, o.seal, o.attempts, o.not_before"
          + " from outbox o left join anchored_statement s on s.id = o.statement_id";

  private final Sql sql;
  private final Issuer issuer;
  private final Clock clock;

  /// A waiting row with the entry it belongs to.
  ///
  /// @param entry the leaf; empty when somebody deleted it
  record Waiting(long seq, StoredWaiting row, Bytes entry, int attempts, Instant notBefore) {
    UUID statementId() {
      return row.statementId();
    }

    Hash leafHash() {
      return Hash.leaf(entry.toArray());
    }
  }

  /// How much waits, for health and metrics.
  ///
  /// @param depth rows
  /// @param oldest when the oldest of them was enqueued
  /// @param held rows that wait for a person
  /// @param lastError what went wrong last with the oldest
  record Backlog(long depth, @Nullable Instant oldest, long held, @Nullable String lastError) {}

  @Inject
  OutboxStore(DataSource dataSource, Issuer issuer, Clock clock) {
    this.sql = new Sql(dataSource);
    this.issuer = issuer;
    this.clock = clock;
  }

  void insert(UUID statementId, Entry entry, List<MatchToken> tokens) {
    String json =
        CanonicalJson.text(new JsonArray(tokens.stream().map(OutboxStore::json).toList()));
    StoredWaiting row = StoredWaiting.sealed(issuer, statementId, entry.leafHash(), json);
    Timestamp now = Timestamp.from(clock.instant());
    sql.one(
        "insert into outbox (statement_id, tokens, seal, enqueued, not_before)"
            + " values (?, ?::jsonb, ?, ?, ?)",
        statementId,
        json,
        row.seal().toArray(),
        now,
        now);
  }

  private static Json json(MatchToken token) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("name", Json.string(token.name()));
    members.put("kind", Json.string(token.kind().wire()));
    members.put("epoch", Json.number(token.epoch()));
    members.put("digest", Json.string(token.digest().toBase64()));
    return new JsonObject(members);
  }

  /// Takes the relay's lock until the transaction ends. False when another process has it.
  boolean tryLock() {
    return new RelayLock(sql, RelayLock.SENDING).tryTake();
  }

  /// The oldest rows that nobody has to look at.
  List<Waiting> oldest(int limit) {
    return sql.list(
        OutboxStore::read, SELECT + " where o.held is null order by o.seq limit ?", limit);
  }

  /// The rows of these statements, held ones included.
  List<Waiting> waiting(List<UUID> statements) {
    return sql.list(
        OutboxStore::read,
        SELECT + " where o.statement_id = any (?)",
        (Object) statements.toArray(UUID[]::new));
  }

  void replace(long seq, StoredWaiting row) {
    sql.one(
        "update outbox set tokens = ?::jsonb, seal = ? where seq = ?",
        row.tokens(),
        row.seal().toArray(),
        seq);
  }

  void delete(long seq) {
    sql.one("delete from outbox where seq = ?", seq);
  }

  void postpone(long seq, Instant notBefore, String error) {
    sql.one(
        "update outbox set attempts = attempts + 1, not_before = ?, last_error = ? where seq = ?",
        Timestamp.from(notBefore),
        error,
        seq);
  }

  void hold(long seq, String why, String error) {
    sql.one(
        "update outbox set attempts = attempts + 1, held = ?, last_error = ? where seq = ?",
        why,
        error,
        seq);
  }

  /// Whether any row is held for this reason.
  boolean isAnyHeld(String why) {
    return sql.find(
            row -> row.getBoolean(1), "select exists (select from outbox where held = ?)", why)
        .orElse(false);
  }

  @Transactional
  Backlog backlog() {
    return sql.find(
            OutboxStore::readBacklog,
            "select count(*) as depth, min(enqueued) as oldest, count(held) as held,"
                + " (select last_error from outbox order by held nulls last, seq limit 1)"
                + " from outbox")
        .orElseThrow();
  }

  private static Backlog readBacklog(ResultSet row) throws SQLException {
    Timestamp oldest = row.getTimestamp("oldest");
    return new Backlog(
        row.getLong("depth"),
        oldest == null ? null : oldest.toInstant(),
        row.getLong("held"),
        row.getString("last_error"));
  }

  private static Waiting read(ResultSet row) throws SQLException {
    byte[] entry = row.getBytes("entry");
    return new Waiting(
        row.getLong("seq"),
        readRow(row),
        Bytes.of(entry == null ? new byte[0] : entry),
        row.getInt("attempts"),
        row.getTimestamp("not_before").toInstant());
  }

  static StoredWaiting readRow(ResultSet row) throws SQLException {
    return new StoredWaiting(
        row.getObject("statement_id", UUID.class),
        // jsonb keeps values, not spelling.
        CanonicalJson.text(JsonReader.read(row.getString("tokens"))),
        Bytes.of(row.getBytes("seal")));
  }
}
