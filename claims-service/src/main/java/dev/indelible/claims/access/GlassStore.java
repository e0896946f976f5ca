package dev.indelible.claims.access;

import dev.indelible.anchoring.Sql;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The tables `break_glass` and `break_glass_review`.
@ApplicationScoped
class GlassStore {
  private final Sql sql;
  private final RecordKeys keys;

  @Inject
  GlassStore(DataSource dataSource, RecordKeys keys) {
    this.sql = new Sql(dataSource);
    this.keys = keys;
  }

  private BrokenGlass read(ResultSet row) throws SQLException {
    return BrokenGlass.read(row, keys);
  }

  void insert(BrokenGlass glass) {
    sql.one(
        "insert into break_glass (id, record, claim_id, organisation, actor, actor_organisation,"
            + " reason, explanation, broken_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        glass.id(),
        glass.record(),
        glass.claim(),
        glass.organisation(),
        glass.actor(),
        glass.actorOrganisation(),
        glass.reason(),
        glass.encrypted(keys.of(glass.record(), glass.organisation())).toArray(),
        glass.brokenAt(),
        glass.expiresAt());
  }

  /// Stores a review, unless there is one.
  ///
  /// @return whether there was none
  boolean insert(GlassReview review) {
    return sql.update(
            "insert into break_glass_review (id, break_glass_id, record, organisation, finding,"
                + " reviewed_by, reviewed_at) values (?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (break_glass_id) do nothing",
            review.id(),
            review.glass(),
            review.record(),
            review.organisation(),
            review.finding(),
            review.reviewedBy(),
            review.reviewedAt())
        == 1;
  }

  /// What gives this person a right to this claim at this moment.
  Optional<UUID> inForce(UUID claim, String actor, Instant now) {
    return sql.find(
        row -> row.getObject(1, UUID.class),
        "select id from break_glass where claim_id = ? and actor = ? and expires_at > ?"
            + " order by expires_at desc limit 1",
        claim,
        actor,
        Moment.text(now));
  }

  Optional<BrokenGlass> find(UUID id, String organisation) {
    return sql.find(
        this::read,
        "select * from break_glass where id = ? and organisation = ?",
        id,
        organisation);
  }

  Optional<GlassReview> review(UUID glass) {
    return sql.find(
        GlassReview::read, "select * from break_glass_review where break_glass_id = ?", glass);
  }

  List<BrokenGlass> list(String organisation, Cursor after, int limit) {
    return sql.list(
        this::read,
        "select * from break_glass where organisation = ? and (broken_at, id) > (?, ?)"
            + " order by broken_at, id limit ?",
        organisation,
        after.at(),
        after.id(),
        limit);
  }

  /// All broken glass, as it is asked for.
  Stream<BrokenGlass> glasses() {
    return sql.paged(this::read, "select * from break_glass", "id", BrokenGlass::id);
  }

  /// All reviews, likewise.
  Stream<GlassReview> reviews() {
    return sql.paged(GlassReview::read, "select * from break_glass_review", "id", GlassReview::id);
  }

  /// Deletes what was said about a claim.
  ///
  /// @return the statements
  List<UUID> delete(UUID claim) {
    List<UUID> deleted = new ArrayList<>();
    for (String where :
        List.of(
            "break_glass_review where break_glass_id in"
                + " (select id from break_glass where claim_id = ?)",
            "break_glass where claim_id = ?")) {
      deleted.addAll(
          sql.list(
              row -> row.getObject(1, UUID.class),
              "delete from " + where + " returning id",
              claim));
    }
    return deleted;
  }
}
