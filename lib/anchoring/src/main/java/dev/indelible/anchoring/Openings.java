package dev.indelible.anchoring;

import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.transparency.Hash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Destroys what statements can be opened with, in the transaction at hand. What is left of a
/// statement is its leaf, which is in the log for ever, and its receipt: neither says anything.
@ApplicationScoped
public class Openings {
  private final Sql sql;
  private final OutboxStore outbox;
  private final Issuer issuer;
  private final RecordKeys keys;

  @Inject
  Openings(DataSource dataSource, OutboxStore outbox, Issuer issuer, RecordKeys keys) {
    this.sql = new Sql(dataSource);
    this.outbox = outbox;
    this.issuer = issuer;
    this.keys = keys;
  }

  /// Destroys the record's data key, and with it what copies of its rows say; the seeds, and with
  /// them all salts; also the names of the fields and their commitments, which tell how long a
  /// record was. Tokens that still wait in the outbox go too, so that the entry will be sent
  /// without.
  public void destroy(UUID record, List<UUID> statements) {
    keys.destroy(record);
    var openings =
        sql.update(
            "update anchored_statement set seed = null, pointers = '{}', cells = '{}',"
                + " commitments = '' where id = any (?)",
            (Object) statements.toArray(UUID[]::new));
    assert openings <= statements.size();
    outbox.waiting(statements).forEach(this::strip);
  }

  /// A row that somebody edited keeps its old seal, which does not hold: nothing edited is signed.
  private void strip(OutboxStore.Waiting waiting) {
    Hash leafHash = waiting.leafHash();
    StoredWaiting row = waiting.row();
    StoredWaiting stripped =
        row.changed(issuer, leafHash).isEmpty()
            ? StoredWaiting.sealed(issuer, row.statementId(), leafHash, OutboxStore.NO_TOKENS)
            : new StoredWaiting(row.statementId(), OutboxStore.NO_TOKENS, row.seal());
    outbox.replace(waiting.seq(), stripped);
  }

  /// How many of these statements the log holds or will hold: all that were not refused.
  public int entries(List<UUID> statements) {
    return sql.find(
            row -> row.getInt(1),
            "select count(*) from anchored_statement s where s.id = any (?)"
                + " and not exists (select from refusal r where r.statement_id = s.id)",
            (Object) statements.toArray(UUID[]::new))
        .orElseThrow();
  }

  /// Where those of the statements that are in the log have their leaves.
  public List<Long> leaves(List<UUID> statements) {
    return sql.list(
        row -> row.getLong(1),
        "select leaf_index from receipt where statement_id = any (?) order by leaf_index",
        (Object) statements.toArray(UUID[]::new));
  }
}
