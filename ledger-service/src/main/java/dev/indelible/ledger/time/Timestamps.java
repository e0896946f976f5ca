package dev.indelible.ledger.time;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Has the newest witnessed checkpoint of each log stamped, once a day. Nothing waits for the
/// authority, and nothing depends on it: what it fails to do shows in a metric and is done later.
@ApplicationScoped
@Startup
public class Timestamps {
  private static final Logger LOG = Logger.getLogger(Timestamps.class);

  /// By this much the authority's clock and ours may differ before one of them is wrong.
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final Logs logs;
  private final Transactions transactions;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Duration every;
  private final Optional<TimestampTrust> trust;
  private final Optional<TsaClient> client;
  private final Map<String, Instant> newest = new ConcurrentHashMap<>();

  Timestamps(
      Logs logs, Transactions transactions, MeterRegistry meters, Clock clock, TsaConfig config) {
    this.logs = logs;
    this.transactions = transactions;
    this.meters = meters;
    this.clock = clock;
    this.every = config.every();
    this.trust = config.trust().map(Timestamps::read);
    this.client = config.url().map(url -> new TsaClient(url, config.within()));
    if (client.isPresent() && trust.isEmpty()) {
      throw new IllegalArgumentException("indelible.ledger.tsa.trust is not set");
    }
    client.ifPresent(ignored -> logs.all().forEach(this::measureAge));
  }

  private void measureAge(Log log) {
    Gauge.builder("ledger.timestamp.age.seconds", () -> age(log))
        .tag("log", log.name())
        .strongReference(true)
        .register(meters);
  }

  private Number age(Log log) {
    Instant last = newest.get(log.name());
    return last == null ? Double.NaN : Duration.between(last, clock.instant()).toSeconds();
  }

  private static TimestampTrust read(Path file) {
    try {
      return TimestampTrust.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Whose timestamps are believed, if anybody's.
  public Optional<TimestampTrust> trust() {
    return trust;
  }

  @Scheduled(
      every = "{indelible.ledger.tsa.retry}",
      delayed = "20s",
      concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void run() throws InterruptedException {
    for (Log log : logs.all()) {
      Optional<Block> due = client.isPresent() ? due(log) : Optional.empty();
      if (due.isPresent()) {
        stamp(log, due.get());
      }
    }
  }

  /// The newest witnessed block, when it has no timestamp and the last one is old enough.
  private Optional<Block> due(Log log) {
    return transactions.read(
        connection -> {
          Optional<TimestampStore.Row> last = TimestampStore.last(connection, log.name());
          last.ifPresent(row -> newest.put(log.name(), row.time()));
          Instant next = last.map(row -> row.time().plus(every)).orElse(Instant.MIN);
          long block = last.map(TimestampStore.Row::block).orElse(-1L);
          return clock.instant().isBefore(next)
              ? Optional.empty()
              : BlockStore.lastWitnessed(connection, log.name())
                  .filter(newest -> newest.number() > block);
        });
  }

  private void stamp(Log log, Block block) throws InterruptedException {
    String result = "stored";
    try {
      TimestampReply reply = verified(block);
      transactions.write(connection -> TimestampStore.insert(connection, log.name(), block, reply));
    } catch (TimestampException e) {
      result = "refused";
      LOG.warnf("log %s: the timestamp is no evidence: %s", log.name(), e.getMessage());
    } catch (IOException e) {
      result = "unreachable";
      LOG.warnf("log %s: no timestamp: %s", log.name(), e);
    } catch (SQLException e) {
      result = "lost";
      LOG.warnf(e, "log %s: the timestamp could not be stored", log.name());
    }
    meters.counter("ledger.timestamp.requests", "log", log.name(), "result", result).increment();
  }

  /// Nothing is stored that would not convince a stranger.
  private TimestampReply verified(Block block)
      throws IOException, TimestampException, InterruptedException {
    byte[] checkpoint = block.witnessedNote().orElseThrow().getBytes(StandardCharsets.UTF_8);
    TimestampReply reply = client.orElseThrow().ask(checkpoint);
    Instant stated = trust.orElseThrow().verify(reply, checkpoint);
    Instant now = clock.instant();
    if (Duration.between(stated, now).abs().compareTo(TOLERANCE) > 0) {
      throw new TimestampException("it states " + stated + " and it is " + now);
    }
    return reply;
  }
}
