package dev.indelible.bench;

import dev.indelible.bench.Appender.Work;
import dev.indelible.bench.Load.Pace;
import dev.indelible.local.Stack;
import dev.indelible.witness.fsck.FsckMain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Whether an entry costs the same in a large log as in a small one, how much memory the service
/// takes for it, and how long it takes to audit all of it and to check it from outside.
///
/// Up to a million entries, or `INDELIBLE_BENCH_ENTRIES`; ten million take about 15 GB of disk.
final class GrowthBench {
  private static final String LOG = "claims";
  private static final List<Long> SIZES = List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L);
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration MEASURED = Duration.ofSeconds(5);

  private final Stack stack;
  private final Table table =
      new Table("A growing log, entries per second (baseline: the first row)");
  private final List<Load.Caller> callers;

  private GrowthBench(Stack stack) {
    this.stack = stack;
    this.callers = Appender.batches(stack, Work.CLAIMS, 4);
  }

  static void run() {
    long most = Long.parseLong(System.getenv().getOrDefault("INDELIBLE_BENCH_ENTRIES", "1000000"));
    try (Stack stack = LedgerBench.start()) {
      new GrowthBench(stack).measure(most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure(long most) throws IOException, InterruptedException {
    System.err.println("  warming up on another log");
    Work other = new Work("trials", true, "");
    var ignored = Load.round(Appender.batches(stack, other, 4), new Pace(WARM_UP, 0));
    Rate first = new Rate(0);
    for (long size : SIZES) {
      if (size > most) {
        break;
      }
      growTo(size);
      // A small log is no longer small after five seconds.
      Duration time = size < 1_000_000 ? Duration.ofMillis(1_000) : MEASURED;
      Rate rate = Load.round(callers, new Pace(time, 0)).rate();
      first = first.perSecond() == 0 ? rate : first;
      row("batches, from %,d entries on".formatted(size), rate, first);
    }
    memory();
    row("audit of the whole log", audit(), first);
    row("fsck of the whole log over HTTP", fsck(), first);
    row("the same by programs that are warm", fsck(), first);
    table.print();
  }

  private void row(String what, Rate rate, Rate baseline) {
    table.row(what, rate, baseline);
    System.err.printf("  %s: %.0f/s%n", what, rate.perSecond());
  }

  private void growTo(long size) throws IOException, InterruptedException {
    for (long now = size(); now < size; now = size()) {
      Duration time = Duration.ofMillis(Math.clamp((size - now) / 40, 100, MEASURED.toMillis()));
      var ignored = Load.round(callers, new Pace(time, 0));
      System.err.printf("  %,d of %,d entries%n", size(), size);
    }
  }

  private long size() throws IOException, InterruptedException {
    String checkpoint = get(stack.ledger().url() + "/logs/" + LOG + "/checkpoint");
    return Long.parseLong(checkpoint.split("\n", -1)[1]);
  }

  private static String get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  /// What the process has taken at most, where the system says it.
  private void memory() throws IOException {
    Path status = Path.of("/proc/" + stack.ledger().node().pid() + "/status");
    if (Files.exists(status)) {
      try (var lines = Files.lines(status)) {
        lines
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .forEach(
                mebibytes -> table.note("   the service took %d MiB at most".formatted(mebibytes)));
      }
    }
  }

  private Rate audit() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.ledger().url() + "/v1/audit"))
            .header("Authorization", "Bearer " + stack.tokens().ofUser("operator"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    long entries = entries();
    long start = System.nanoTime();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String report = client.send(request, BodyHandlers.ofString()).body();
      require(report.contains("\"MATCHES\""), report);
    }
    return new Rate(entries * 1e9 / (System.nanoTime() - start));
  }

  /// Of both logs.
  private long entries() throws IOException, InterruptedException {
    String checkpoint = get(stack.ledger().url() + "/logs/trials/checkpoint");
    return size() + Long.parseLong(checkpoint.split("\n", -1)[1]);
  }

  private Rate fsck() throws IOException, InterruptedException {
    long entries = size();
    List<String> words =
        List.of(stack.ledger().url() + "/logs/" + LOG, "--policy", stack.policy().toString());
    long start = System.nanoTime();
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    require(FsckMain.run(words, out, out) == 0, "fsck does not find what we appended");
    return new Rate(entries * 1e9 / (System.nanoTime() - start));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
