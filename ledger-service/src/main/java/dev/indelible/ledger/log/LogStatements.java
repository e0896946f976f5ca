package dev.indelible.ledger.log;

import dev.indelible.ledger.Generation;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.block.ClockCheck;
import dev.indelible.ledger.block.ClockException;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a log says about itself, as entries like all others: who it is, and by which rules it takes
/// entries. Two of them come first, so that no tree ever has a single leaf, which COSE receipts
/// (RFC 9942) cannot express.
public final class LogStatements {
  private static final String GENESIS = "ledger.genesis/v1";
  private static final String POLICY = "ledger.policy/v1";

  private final Log log;
  private final Clock clock;
  private final SecureRandom random;

  LogStatements(Log log, Clock clock, SecureRandom random) {
    this.log = log;
    this.clock = clock;
    this.random = random;
  }

  /// The entries that the log should have and has not: genesis and policy in an empty log, the
  /// policy again whenever a file it commits to has changed.
  ///
  /// @throws ClockException when it is earlier than the log has signed; what is said here states
  ///   the time too
  List<Submission> missing(Connection connection) throws SQLException {
    ClockCheck.require(connection, log, clock.instant());
    long size = size(connection);
    log.keys().read(connection, size);
    Generation speaker = log.keys().signing(size).getLast();
    List<Submission> missing = new ArrayList<>();
    Optional<Spoken> policy = last(connection, POLICY);
    if (policy.isEmpty()) {
      missing.add(own(speaker, newRecord(), genesis(speaker)));
    }
    if (policy.filter(this::isCurrent).isEmpty()) {
      String record = policy.map(Spoken::record).orElseGet(LogStatements::newRecord);
      missing.add(own(speaker, record, policy()));
    }
    return missing;
  }

  /// An earlier statement and the URN of its record, which later versions share.
  private record Spoken(JsonObject statement, String record) {}

  private boolean isCurrent(Spoken policy) {
    return policy.statement().findString("/policySha256").equals(Optional.of(policyHash()))
        && policy.statement().findString("/issuersSha256").equals(Optional.of(issuersHash()));
  }

  private Statement genesis(Generation first) {
    return Statement.builder()
        .put("/type", GENESIS)
        .put("/origin", log.origin())
        .put("/ed25519", first.ed25519().key().vkey())
        .put("/mlDsa44", first.mlDsa44().key().vkey())
        .put("/at", now())
        .build();
  }

  private Statement policy() {
    return Statement.builder()
        .put("/type", POLICY)
        .put("/origin", log.origin())
        .put("/policySha256", policyHash())
        .put("/issuersSha256", issuersHash())
        .put("/at", now())
        .build();
  }

  private Submission own(Generation speaker, String record, Statement statement) {
    return own(log, speaker, record, statement, Opening.random(random));
  }

  /// What a log says of itself, signed by a generation of its keys.
  ///
  /// @param record URN of what it speaks about
  public static Submission own(
      Log log, Generation speaker, String record, Statement statement, Opening opening) {
    Entry entry =
        Entry.sign(
            log.issuer(), record, opening.commit(statement).root(), speaker.ed25519().signer());
    return Submission.own(entry, new Submission.Own(statement, opening));
  }

  private long size(Connection connection) throws SQLException {
    String sql = "SELECT size FROM log_head WHERE log = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      ResultSet row = select.executeQuery();
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private Optional<Spoken> last(Connection connection, String type) throws SQLException {
    String sql =
        "SELECT s.statement, e.bytes FROM log_statement s"
            + " JOIN entry e ON e.log = s.log AND e.idx = s.idx"
            + " WHERE s.log = ? ORDER BY s.idx DESC";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        byte[] json = rows.getString(1).getBytes(StandardCharsets.UTF_8);
        JsonObject statement = JsonReader.readObject(json);
        if (statement.findString("/type").equals(Optional.of(type))) {
          return Optional.of(new Spoken(statement, Entry.parse(rows.getBytes(2)).subject()));
        }
      }
      return Optional.empty();
    }
  }

  private String policyHash() {
    return log.rules().policy().toHex();
  }

  private String issuersHash() {
    return log.rules().issuers().toHex();
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// A URN of something that was not spoken about before.
  public static String newRecord() {
    return "urn:uuid:" + UUID.randomUUID();
  }
}
