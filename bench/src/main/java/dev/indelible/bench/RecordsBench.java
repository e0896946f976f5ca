package dev.indelible.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.indelible.bench.Insurer.Work;
import dev.indelible.bench.Load.Pace;
import dev.indelible.local.Sizing;
import dev.indelible.local.Stack;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A claims-service with many records: how fast what it took is anchored, beside how fast it takes
/// it, and how fast and in how much memory it audits itself.
final class RecordsBench {
  private static final List<Integer> SIZES = List.of(5_000, 20_000, 80_000);
  private static final int CALLERS = 16;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final String INCLUDED = "receipt where level = 'included'";
  private static final String WITNESSED = "receipt where level = 'witnessed'";
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private final Stack stack;
  private final Connection database;
  private final List<Integer> sizes;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Table table =
      new Table("Records, per second (baseline: claims taken in, meanwhile)");

  /// @param sizes how many claims there are at each audit, ascending
  RecordsBench(Stack stack, Connection database, List<Integer> sizes) {
    this.stack = stack;
    this.database = database;
    this.sizes = sizes;
  }

  static void run(List<Integer> sizes) {
    System.err.println("Starting PostgreSQL, Keycloak, a ledger and the claims-service …");
    try (Stack stack = TrustBench.start(Sizing.SERVER);
        Connection database = stack.postgres().databases().connect("claims")) {
      new RecordsBench(stack, database, sizes.isEmpty() ? SIZES : sizes).measure().print();
    } catch (SQLException e) {
      throw new IllegalStateException("the database of the service is not there", e);
    }
  }

  Table measure() {
    for (int size : sizes) {
      measure(size);
    }
    return table;
  }

  private void measure(int size) {
    long begun = System.nanoTime();
    long before = count("claim");
    long witnessed = count(WITNESSED);
    submit(size);
    long taken = System.nanoTime();
    long raised = count(WITNESSED) - witnessed;
    Rate intake = rate(count("claim") - before, taken - begun);
    long waiting = count("outbox");
    awaitNone("outbox", "wait to be anchored");
    Rate anchored = rate(waiting, System.nanoTime() - taken);
    table.row("%,d claims: anchored, of %,d waiting".formatted(size, waiting), anchored, intake);
    table.row("   raised to witnessed, meanwhile", rate(raised, taken - begun), intake);
    long left = count(INCLUDED);
    long sent = System.nanoTime();
    awaitNone(INCLUDED, "wait to be called witnessed");
    Rate raising = rate(left, System.nanoTime() - sent);
    table.row("   raised to witnessed, of %,d left".formatted(left), raising, intake);
    audit(intake);
  }

  private void submit(int size) {
    List<Insurer> insurers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      insurers.add(new Insurer(stack, Work.SUBMIT));
    }
    while (count("claim") < size) {
      insurers.forEach(insurer -> insurer.prepare(false));
      List<Load.Caller> callers = new ArrayList<>();
      insurers.forEach(insurer -> callers.add(() -> insurer.call(false)));
      var ignored = Load.round(callers, new Pace(ROUND, 0));
      System.err.printf("  %,d of %,d claims%n", count("claim"), size);
    }
    insurers.forEach(Insurer::close);
  }

  private void awaitNone(String name, String what) {
    for (long left = count(name); left > 0; left = count(name)) {
      System.err.printf("  %,d %s%n", left, what);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /// Once to see how long it takes, and once more to see what it needs.
  private void audit(Rate intake) {
    long begun = System.nanoTime();
    requireMatches(startAudit().join());
    long statements = count("anchored_statement");
    table.row("   statements audited", rate(statements, System.nanoTime() - begun), intake);
    CompletableFuture<HttpResponse<String>> again = startAudit();
    long alive = 0;
    while (!again.isDone()) {
      alive = Math.max(alive, bytesAlive());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    requireMatches(again.join());
    table.note(
        "      %,d statements; at most %,d KiB of objects were alive meanwhile"
            .formatted(statements, alive / 1024));
  }

  private static void requireMatches(HttpResponse<String> report) {
    JsonObject found = JsonReader.readObject(report.body().getBytes(UTF_8));
    if (!found.findString("verdict").equals(Optional.of("MATCHES"))) {
      throw new IllegalStateException(report.body());
    }
  }

  private CompletableFuture<HttpResponse<String>> startAudit() {
    return http.sendAsync(auditRequest(), BodyHandlers.ofString());
  }

  private HttpRequest auditRequest() {
    return HttpRequest.newBuilder(URI.create(stack.claims().getFirst().url() + "/v1/audit"))
        .header("Authorization", "Bearer " + stack.tokens().ofUser("operator"))
        .POST(BodyPublishers.noBody())
        .build();
  }

  /// What a full collection leaves, which is made for it: the service does little else meanwhile.
  private long bytesAlive() {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = String.valueOf(stack.claims().getFirst().node().pid());
    try {
      Process process = new ProcessBuilder(jcmd, pid, "GC.class_histogram").start();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      Matcher total = TOTAL.matcher(text);
      return total.find() ? Long.parseLong(total.group(1)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long count(String name) {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + name)) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static Rate rate(long count, long nanos) {
    return new Rate(count * 1e9 / nanos);
  }
}
