package dev.indelible.anchoring.fake;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorMatched;
import dev.indelible.anchoring.AnchorRefused;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.MatchKey;
import dev.indelible.anchoring.MatchToken;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// A service of one feature: things with parts.
@ApplicationScoped
public class Things implements AnchoredRecords {
  public record Part(UUID id, int number, String code, String note) {}

  public record Thing(
      UUID id,
      UUID record,
      String organisation,
      String title,
      long amount,
      LocalDate bought,
      boolean used,
      Instant noticed,
      List<Part> parts) {}

  @Inject DataSource database;
  @Inject Anchor anchor;
  @Inject MatchKey matchKey;

  public static Thing thing(String title) {
    UUID id = UUID.randomUUID();
    return new Thing(
        id,
        UUID.randomUUID(),
        "alder",
        title,
        title.length(),
        null,
        false,
        Instant.parse("2026-02-03T04:05:06.123456Z"),
        List.of(
            new Part(UUID.randomUUID(), 1, "A", null), new Part(UUID.randomUUID(), 2, "B", "n")));
  }

  @AcrossOrganisations
  @Transactional
  public UUID submit(Thing thing, boolean unique) {
    run(
        "insert into thing values (?, ?, ?, ?, ?, ?, ?, ?)",
        thing.id(),
        thing.record(),
        thing.organisation(),
        thing.title(),
        thing.amount(),
        thing.bought(),
        thing.used(),
        thing.noticed().atOffset(ZoneOffset.UTC));
    for (Part part : thing.parts()) {
      run(
          "insert into thing_part values (?, ?, ?, ?, ?)",
          part.id(),
          thing.id(),
          part.number(),
          part.code(),
          part.note());
    }
    MatchToken token =
        unique ? matchKey.unique("exact", thing.title()) : matchKey.alert("alike", thing.title());
    anchor.enqueue(
        new AnchorRequest(
            thing.id(), thing.record(), thing.organisation(), statement(thing), List.of(token)));
    if (thing.title().equals("poison")) {
      throw new IllegalStateException("rolled back");
    }
    return thing.id();
  }

  public TracedStatement statement(Thing thing) {
    String row = thing.id().toString();
    TracedStatement.Builder builder =
        TracedStatement.builder("thing/v1")
            .put("/id", new Cell("thing", row, "id"), thing.id())
            .put("/record", new Cell("thing", row, "record"), thing.record())
            .put("/organisation", new Cell("thing", row, "organisation"), thing.organisation())
            .put("/title", new Cell("thing", row, "title"), thing.title())
            .put("/amount", new Cell("thing", row, "amount"), thing.amount())
            .put("/bought", new Cell("thing", row, "bought"), thing.bought())
            .put("/used", new Cell("thing", row, "used"), thing.used())
            .put("/noticed", new Cell("thing", row, "noticed"), thing.noticed());
    int position = 0;
    for (Part part : thing.parts()) {
      String at = "/parts/" + position++;
      String key = part.id().toString();
      builder
          .put(at + "/id", new Cell("thing_part", key, "id"), part.id())
          .put(at + "/thing", new Cell("thing_part", key, "thing_id"), thing.id())
          .put(at + "/number", new Cell("thing_part", key, "number"), part.number())
          .put(at + "/code", new Cell("thing_part", key, "code"), part.code())
          .put(at + "/note", new Cell("thing_part", key, "note"), part.note());
    }
    return builder.build();
  }

  public Thing get(UUID id) {
    return all(" where id = '" + id + "'").getFirst();
  }

  @Override
  public String[] tables() {
    return new String[] {"thing", "thing_part"};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return all("").stream()
        .map(
            thing ->
                new LiveStatement(
                    thing.id(),
                    "thing",
                    thing.id().toString(),
                    thing.organisation(),
                    thing.record(),
                    statement(thing)));
  }

  void matched(@Observes AnchorMatched event) {
    event.matches().forEach(match -> alert(event.statementId(), "match " + match.index()));
  }

  void refused(@Observes AnchorRefused event) {
    alert(event.statementId(), "refused " + event.original().index());
  }

  private void alert(UUID statementId, String message) {
    run("insert into alert values (?, ?)", statementId, message);
  }

  private List<Thing> all(String where) {
    try (Connection connection = database.getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("select * from thing" + where + " order by id")) {
      List<Thing> things = new ArrayList<>();
      while (rows.next()) {
        UUID id = rows.getObject("id", UUID.class);
        OffsetDateTime noticed = rows.getObject("noticed", OffsetDateTime.class);
        things.add(
            new Thing(
                id,
                rows.getObject("record", UUID.class),
                rows.getString("organisation"),
                rows.getString("title"),
                rows.getLong("amount"),
                rows.getObject("bought", LocalDate.class),
                rows.getBoolean("used"),
                noticed == null ? null : noticed.toInstant(),
                parts(connection, id)));
      }
      return things;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Part> parts(Connection connection, UUID id) throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select * from thing_part where thing_id = ? order by number, id")) {
      query.setObject(1, id);
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        parts.add(
            new Part(
                rows.getObject("id", UUID.class),
                rows.getInt("number"),
                rows.getString("code"),
                rows.getString("note")));
      }
    }
    return parts;
  }

  private void run(String sql, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
