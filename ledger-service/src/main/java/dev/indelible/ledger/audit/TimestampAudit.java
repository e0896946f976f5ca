package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.time.TimestampException;
import dev.indelible.ledger.time.TimestampReply;
import dev.indelible.ledger.time.TimestampStore;
import dev.indelible.ledger.time.TimestampStore.Row;
import dev.indelible.ledger.time.TimestampTrust;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Verifies the timestamps again, each over the checkpoint of its block. That the newest ones were
/// taken away is not seen: nobody signed that they exist.
final class TimestampAudit {
  private static final int PAGE = 200;

  private final Connection connection;
  private final Log log;
  private final Optional<TimestampTrust> trust;
  private final Findings findings;
  private long next;

  TimestampAudit(
      Connection connection, Log log, Optional<TimestampTrust> trust, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.trust = trust;
    this.findings = findings;
  }

  void check() throws SQLException {
    List<Row> page = TimestampStore.after(connection, log.name(), Long.MIN_VALUE, PAGE);
    while (!page.isEmpty()) {
      for (Row row : page) {
        check(row);
      }
      page = TimestampStore.after(connection, log.name(), page.getLast().id(), PAGE);
    }
  }

  private void check(Row row) throws SQLException {
    findings.countRow();
    expect(row, "id", row.id() == next, "timestamp " + next + " is missing before it");
    next = row.id() + 1;
    boolean ofBlock =
        BlockStore.find(connection, log.name(), row.block())
            .flatMap(Block::witnessedNote)
            .equals(Optional.of(row.checkpoint()));
    if (trust.isEmpty()) {
      findings.unchecked(
          place(row, null).row() + ": no authority is trusted by this configuration");
      return;
    }
    try {
      TimestampReply reply = TimestampReply.parse(row.reply().bytes());
      byte[] checkpoint = row.checkpoint().getBytes(StandardCharsets.UTF_8);
      // PostgreSQL keeps microseconds.
      Instant stated = trust.get().verify(reply, checkpoint).truncatedTo(ChronoUnit.MICROS);
      expect(row, "block", ofBlock, "it is not the witnessed checkpoint of this block");
      expect(row, "time", stated.equals(row.time()), "the authority says " + stated);
    } catch (TimestampException e) {
      String field = ofBlock ? "reply" : "checkpoint";
      expect(row, field, false, "it is no evidence: " + e.getMessage());
    }
  }

  private void expect(Row row, String field, boolean holds, String message) {
    if (!holds) {
      findings.differs(place(row, field), row.block(), null, message);
    }
  }

  private Place place(Row row, @Nullable String field) {
    return new Place("log_timestamp", log.name() + "/" + row.id(), field);
  }
}
