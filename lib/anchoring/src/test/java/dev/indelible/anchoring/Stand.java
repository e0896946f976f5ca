package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.anchoring.audit.RecordAudit;
import dev.indelible.anchoring.fake.Things;
import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.kit.audit.AuditReport;
import dev.indelible.kit.audit.Verdict;
import dev.indelible.local.TestPostgres;
import dev.indelible.transparency.statement.Disclosure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// What the tests do around the code under test.
@ApplicationScoped
public class Stand {
  @Inject AnchoringConfig config;
  @Inject Anchors anchors;
  @Inject RecordAudit audit;
  @Inject Things things;
  private final HttpClient http = HttpClient.newHttpClient();

  /// Empty tables, empty log, everything in order.
  void reset() {
    ledger("mode/down");
    List.of(
            "outbox",
            "receipt",
            "refusal",
            "anchored_statement",
            "record_key",
            "alert",
            "thing_part",
            "thing")
        .forEach(table -> sql("delete from " + table));
    ledger("reset");
  }

  /// How often the ledger was asked to take something.
  long sent() {
    return Long.parseLong(ask("calls"));
  }

  /// How often the ledger was asked for the receipts of a block.
  long bulk() {
    return Long.parseLong(ask("bulk"));
  }

  void ledger(String command) {
    var ignored = ask(command);
  }

  private String ask(String command) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(config.ledgerUrl().getFirst().resolve("/control/" + command))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      return answer.body();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  UUID submit(String title) {
    return things.submit(Things.thing(title), false);
  }

  AnchorStatus status(UUID id) {
    return state(id).status();
  }

  @AcrossOrganisations
  @Transactional
  AnchorState state(UUID id) {
    return anchors.state(id);
  }

  @AcrossOrganisations
  @Transactional
  Receipt receipt(UUID id) {
    return anchors.receipt(id).orElseThrow();
  }

  @AcrossOrganisations
  @Transactional
  Disclosure disclosure(UUID id, TracedStatement live, Predicate<String> shown) {
    return anchors.disclosure(id, live, shown);
  }

  void await(UUID id, AnchorStatus status) {
    await(() -> status(id) == status, id + " " + status);
  }

  void await(BooleanSupplier condition, String what) {
    for (int i = 0; i < 400; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      try {
        Thread.sleep(25);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("never happened: " + what);
  }

  /// The oracle at the end of every test.
  void assertMatches() {
    AuditReport report = audit.run();
    assertEquals(List.of(), report.differences());
    assertEquals(Verdict.MATCHES, report.verdict(), report.toString());
  }

  int sql(String statement) {
    try (Connection connection = TestPostgres.connect("test")) {
      return connection.createStatement().executeUpdate(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /// The same while nobody raises receipts: who has begun to has read rows as they were.
  void betweenRaises(String statement) {
    try (Connection connection = TestPostgres.connect("test")) {
      connection.setAutoCommit(false);
      String lock = "select pg_advisory_xact_lock(" + RelayLock.RAISING + ")";
      var ignored = connection.createStatement().execute(lock);
      ignored = connection.createStatement().execute(statement);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  List<String> texts(String query) {
    try (Connection connection = TestPostgres.connect("test");
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }
}
