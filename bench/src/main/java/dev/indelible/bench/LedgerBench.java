package dev.indelible.bench;

import dev.indelible.local.Service;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Single durable appends over HTTP, duplicates refused, blocks signed and witnessed, against plain
/// PostgreSQL: one `INSERT` of an entry of the same size and its unique key per transaction, by as
/// many connections as there are callers, in the same server with the same fsync.
final class LedgerBench {
  private static final int[] CALLERS = {1, 8, 32};

  private final Stack stack;
  private final PemKey issuer;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LedgerBench(Stack stack) {
    this.stack = stack;
    this.issuer = issuer(stack.state().resolve("keys/issuers/claims-service.ed25519.pem"));
  }

  static void run() {
    System.err.println("Starting PostgreSQL, Keycloak, three witnesses and a ledger …");
    try (Stack stack = Stack.start(new Shape(1, 0, 0, 3, java.util.Map.of()))) {
      new LedgerBench(stack).measure();
    }
  }

  private void measure() {
    Table table = new Table("Ledger, single appends over HTTP (baseline: raw INSERT)");
    for (int callers : CALLERS) {
      Load raw = raw(callers);
      Load appends = Load.of(IntStream.range(0, callers).mapToObj(i -> appender()).toList());
      table.row(callers + " callers", appends.rate(), raw.rate());
      table.note(
          "   included p50 %s, p99 %s; raw p50 %s, p99 %s"
              .formatted(
                  appends.percentile(50),
                  appends.percentile(99),
                  raw.percentile(50),
                  raw.percentile(99)));
    }
    table.print();
  }

  private Load.Caller appender() {
    Service ledger = stack.ledger();
    URI uri = URI.create(ledger.url() + "/v1/logs/claims/entries");
    return () -> {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + stack.tokens().ofClient("claims-service"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body()))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IOException("append answered " + answer.statusCode() + ": " + answer.body());
      }
    };
  }

  private String body() {
    byte[] random = new byte[Hash.LENGTH];
    ThreadLocalRandom.current().nextBytes(random);
    Entry entry =
        Entry.sign(
            "urn:indelible:org:alder", "urn:uuid:" + UUID.randomUUID(), Hash.of(random), issuer);
    return """
        {"entry":"%s","tokens":[{"name":"bench","kind":"unique","epoch":1,"digest":"%s"}]}
        """
        .formatted(
            Base64.getEncoder().encodeToString(entry.bytes()), Hash.sha256(random).toBase64());
  }

  private Load raw(int callers) {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < callers; i++) {
        connections.add(stack.postgres().databases().connect("ledger"));
      }
      prepare(connections.getFirst());
      return Load.of(connections.stream().map(LedgerBench::inserter).toList());
    } catch (SQLException e) {
      throw new IllegalStateException("the baseline failed", e);
    } finally {
      connections.forEach(LedgerBench::close);
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS bench_raw");
      statement.execute(
          "CREATE TABLE bench_raw(id bigserial PRIMARY KEY, digest bytea UNIQUE, entry bytea)");
    }
  }

  private static Load.Caller inserter(Connection connection) {
    return () -> {
      byte[] digest = new byte[Hash.LENGTH];
      ThreadLocalRandom.current().nextBytes(digest);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bench_raw(digest, entry) VALUES (?, ?)")) {
        insert.setBytes(1, digest);
        insert.setBytes(2, new byte[300]);
        insert.executeUpdate();
      }
    };
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the baseline's connection did not close", e);
    }
  }

  private static PemKey issuer(Path file) {
    try {
      return PemKey.parse(KeyAlgorithm.ED25519, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
