package dev.indelible.claims.access;

import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.Sql;
import dev.indelible.claims.Cursor;
import dev.indelible.claims.access.AccessStatement.Member;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The tables `access_event`, `access_sealing` and `access_statement`. Plain SQL, because it is
/// order and the count of changed rows that put each event into exactly one statement.
@ApplicationScoped
class AccessStore {
  /// The place in time of an event, cut to its hour.
  static final int HOUR = "2026-11-27T00".length();

  private static final String MEMBERS =
      "select e.*, s.statement_id, s.seal from access_event e join access_sealing s on s.id = e.id";

  /// A patient's claims are those of the members that the patient is.
  private static final String ABOUT_PATIENT =
      " join claim c on c.id = e.claim_id"
          + " join (select distinct organisation, member_index from membership where subject = ?) m"
          + " on c.organisation = m.organisation and c.member_index = m.member_index";

  private final Sql sql;
  private final Issuer issuer;

  @Inject
  AccessStore(DataSource dataSource, Issuer issuer) {
    this.sql = new Sql(dataSource);
    this.issuer = issuer;
  }

  /// Events that wait to be sealed together.
  record Due(String organisation, String hour) {}

  /// Stores events that differ in id and claim alone, in one round trip.
  void insert(List<AccessEvent> events) {
    AccessEvent first = events.getFirst();
    UUID[] ids = array(events, AccessEvent::id);
    int rows =
        sql.update(
            """
            with event as (
              insert into access_event (id, claim_id, organisation, actor, actor_organisation,
                role, action, purpose, access_right, right_id, accessed_at)
              select id, claim, ?, ?, ?, ?, ?, ?, ?, ?::uuid, ?
              from unnest(?::uuid[], ?::uuid[]) as shown (id, claim))
            insert into access_sealing (id, seal)
            select id, seal from unnest(?::uuid[], ?::text[]) as sealed (id, seal)
            """,
            first.organisation(),
            first.actor(),
            first.actorOrganisation(),
            first.role(),
            first.action(),
            first.purpose(),
            first.right(),
            first.rightId(),
            first.at(),
            ids,
            array(events, AccessEvent::claim),
            ids,
            events.stream().map(event -> event.seal(issuer)).toArray(String[]::new));
    if (rows != events.size()) {
      throw new IllegalStateException(rows + " rows for " + events.size() + " events");
    }
  }

  private static UUID[] array(
      List<AccessEvent> events, Function<AccessEvent, @Nullable UUID> column) {
    return events.stream().map(column).toArray(UUID[]::new);
  }

  /// Events that are due: of an hour that is over, or enough for a statement.
  ///
  /// @param hour the present one
  List<Due> due(String hour) {
    return sql.list(
        row -> new Due(row.getString("organisation"), row.getString("hour")),
        """
        select e.organisation, left(e.accessed_at, ?) as hour
        from access_sealing s join access_event e on e.id = s.id
        where s.statement_id is null
        group by 1, 2 having left(min(e.accessed_at), ?) < ? or count(*) >= ? order by 2, 1
        """,
        HOUR,
        HOUR,
        hour,
        AccessStatement.MOST);
  }

  /// As many of them as a statement takes, after a place in the order of time.
  List<Member> waiting(Due due, Cursor after) {
    return sql.list(
        Member::read,
        MEMBERS
            + " where s.statement_id is null and e.organisation = ? and left(e.accessed_at, ?) = ?"
            + " and (e.accessed_at, e.id) > (?, ?) order by e.accessed_at, e.id limit ?",
        due.organisation(),
        HOUR,
        due.hour(),
        after.at(),
        after.id(),
        AccessStatement.MOST);
  }

  /// The organisation's latest statement.
  Optional<AccessStatement> latest(String organisation) {
    return sql.find(
        AccessStatement::read,
        "select * from access_statement where organisation = ? order by number desc limit 1",
        organisation);
  }

  /// Stores a statement and takes its events out of those that wait.
  ///
  /// @throws IllegalStateException when one of them waits no longer
  void seal(AccessStatement statement, List<AccessEvent> events) {
    sql.one(
        "insert into access_statement (id, record, organisation, number, hour, sealed_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        statement.id(),
        statement.record(),
        statement.organisation(),
        statement.number(),
        statement.hour(),
        statement.sealedAt());
    int rows =
        sql.update(
            "update access_sealing set statement_id = ?, seal = null"
                + " where statement_id is null and id = any (?)",
            statement.id(),
            array(events, AccessEvent::id));
    if (rows != events.size()) {
      throw new IllegalStateException("another sealer was faster");
    }
  }

  /// A statement by its id.
  Optional<AccessStatement> statement(UUID id) {
    return sql.find(AccessStatement::read, "select * from access_statement where id = ?", id);
  }

  /// The events of a statement.
  List<Member> members(UUID statement) {
    return sql.list(
        Member::read,
        MEMBERS + " where s.statement_id = ? order by e.accessed_at, e.id",
        statement);
  }

  /// All statements, as they are asked for.
  Stream<AccessStatement> statements() {
    return sql.paged(
        AccessStatement::read, "select * from access_statement", "id", AccessStatement::id);
  }

  /// An event of the organisation's claims, wherever it is.
  Optional<Member> find(UUID id, String organisation) {
    return sql.find(
        Member::read, MEMBERS + " where e.id = ? and e.organisation = ?", id, organisation);
  }

  /// Events of the organisation's claims after a place in the order of time, until the walk ends.
  List<Member> list(String organisation, AccessFilter filter, Cursor after, int limit) {
    StringBuilder query = new StringBuilder(MEMBERS + " where e.organisation = ?");
    List<Object> values = new ArrayList<>(List.of(organisation));
    filter.claim().ifPresent(claim -> and(query, "e.claim_id = ?", values, claim));
    filter.actor().ifPresent(actor -> and(query, "e.actor = ?", values, actor));
    filter.actions().ifPresent(some -> and(query, "e.action = any (?)", values, words(some)));
    and(query, "(e.accessed_at, e.id) > (?, ?)", values, after.at(), after.id());
    and(query, "e.accessed_at < ?", values, after.end());
    and(query, "e.accessed_at >= ?", values, filter.time().from());
    and(query, "e.accessed_at < ?", values, filter.time().before());
    values.add(limit);
    return sql.list(
        Member::read,
        query.append(" order by e.accessed_at, e.id limit ?").toString(),
        values.toArray());
  }

  private static void and(
      StringBuilder query, String condition, List<Object> values, Object... more) {
    query.append(" and ").append(condition);
    values.addAll(List.of(more));
  }

  private static Object words(Set<Action> actions) {
    return actions.stream().map(Action::word).toArray(String[]::new);
  }

  /// The events of claims that are about a patient, of all insurers.
  ///
  /// @param subject of the patient's token
  List<Member> ofPatient(String subject, Cursor after, int limit) {
    return sql.list(
        Member::read,
        MEMBERS
            + ABOUT_PATIENT
            + " where (e.accessed_at, e.id) > (?, ?) and e.accessed_at < ?"
            + " order by e.accessed_at, e.id limit ?",
        subject,
        after.at(),
        after.id(),
        after.end(),
        limit);
  }

  /// One of them.
  Optional<Member> findOfPatient(UUID id, String subject) {
    return sql.find(Member::read, MEMBERS + ABOUT_PATIENT + " where e.id = ?", subject, id);
  }
}
