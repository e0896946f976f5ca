package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.key.KeyHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Audits one log in one snapshot of the database.
final class LogAudit {
  /// Nothing but the head's lock keeps the writer from taking an entry twice.
  private static final String TWICE =
      """
      leaf_key IN (SELECT leaf_key FROM entry GROUP BY leaf_key HAVING count(*) > 1)
      AND EXISTS (SELECT 1 FROM entry e WHERE e.leaf_key = entry.leaf_key AND e.log = entry.log
        AND e.bytes = entry.bytes AND e.idx < entry.idx)""";

  /// Before the first block.
  static final long NOTHING = Long.MIN_VALUE;

  private static final int PAGE = 200;

  private final Connection connection;
  private final Log log;
  private final Findings findings;
  private LongConsumer reached = entries -> {};

  LogAudit(Connection connection, Log log, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.findings = findings;
  }

  /// Has somebody told, block by block, how many entries are through.
  LogAudit telling(LongConsumer listener) {
    reached = listener;
    return this;
  }

  /// Leaves behind the last block, which the writer was about to seal when the snapshot was taken.
  record Tail(long start, long end) {}

  /// How far an audit came.
  ///
  /// @param block the last block that was audited
  /// @param tail the leaves behind the last block, when all blocks are audited
  record Reached(long block, Optional<Tail> tail) {}

  /// Audits everything.
  Tail run() throws SQLException {
    return run(NOTHING, Long.MAX_VALUE).tail().orElseThrow();
  }

  /// Audits the blocks behind one that was audited before, until so many entries have been read,
  /// and what is beside and behind the blocks when all of them are through.
  ///
  /// @param after number of that block; [#NOTHING] to begin with the first
  Reached run(long after, long mostEntries) throws SQLException {
    KeyHistory keys = KeyHistory.read(connection, log);
    ErasureAudit erasures = ErasureAudit.begin(connection, log.name(), findings);
    EntryAudit entries = new EntryAudit(connection, log, keys, erasures, findings);
    BlockAudit blocks = new BlockAudit(log, keys, findings);
    Optional<Block> before = BlockStore.find(connection, log.name(), after);
    if (before.isPresent()) {
      blocks.beginBehind(before.get());
      if (!entries.beginBehind(before.get())) {
        return new Reached(NOTHING, Optional.empty());
      }
    }
    long start = entries.range().size();
    long last =
        readBlocks(entries, blocks, keys, before.map(Block::number).orElse(NOTHING), mostEntries);
    boolean whole = BlockStore.after(connection, log.name(), last, 1).isEmpty();
    Optional<Tail> tail = whole ? Optional.of(finish(entries, keys)) : Optional.empty();
    long end = whole ? Long.MAX_VALUE : entries.range().size();
    erasures.finish(start, end);
    new StatementAudit(connection, log, findings).check(entries.own(), start, end);
    return new Reached(last, tail);
  }

  private Tail finish(EntryAudit entries, KeyHistory keys) throws SQLException {
    strays("entry", "idx", "idx < 0", "an index is not negative");
    strays("entry", "idx", TWICE, "an earlier entry has the same bytes");
    long sealed = entries.range().size();
    entries.readTo(Long.MAX_VALUE, null);
    entries.tiles().finish();
    new HeadAudit(connection, log.name(), findings).check(entries.range());
    TokenAudit tokens = new TokenAudit(connection, log, keys, findings);
    tokens.strays();
    tokens.keys();
    tokens.twice();
    for (String table : List.of("cosignature", "token_seal")) {
      String unknown = "NOT EXISTS (SELECT 1 FROM block b WHERE b.log = %s.log AND number = block)";
      strays(table, "block", unknown.formatted(table), "there is no such block");
    }
    return new Tail(sealed, entries.range().size());
  }

  /// @return number of the last block that was read
  private long readBlocks(
      EntryAudit entries, BlockAudit blocks, KeyHistory keys, long after, long mostEntries)
      throws SQLException {
    TokenAudit tokens = new TokenAudit(connection, log, keys, findings);
    WitnessAudit witnesses = new WitnessAudit(connection, log, findings, policyEntry());
    long end = entries.range().size() + Math.min(mostEntries, Long.MAX_VALUE / 2);
    long last = after;
    List<Block> page = BlockStore.after(connection, log.name(), last, PAGE);
    while (!page.isEmpty()) {
      for (Block block : page) {
        long start = entries.range().size();
        if (start >= end) {
          return last;
        }
        entries.readTo(blocks.end(block), block.number());
        blocks.check(block, entries.range().head());
        tokens.check(block, start, entries.range().size());
        witnesses.check(block);
        last = block.number();
        reached.accept(entries.range().size());
      }
      page = BlockStore.after(connection, log.name(), last, PAGE);
    }
    return last;
  }

  /// Where the present policy came into force; by then its statement may have been tampered with,
  /// so nothing is read but where it is.
  private long policyEntry() throws SQLException {
    String sql =
        "SELECT max(idx) FROM log_statement WHERE log = ? AND statement LIKE '%ledger.policy/v1%'";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      ResultSet row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private void strays(String table, String key, String condition, String message)
      throws SQLException {
    String sql = "SELECT " + key + " FROM " + table + " WHERE log = ? AND " + condition;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        Place place = new Place(table, log.name() + "/" + rows.getLong(1), key);
        findings.differs(place, message);
      }
    }
  }
}
