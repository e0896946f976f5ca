package dev.indelible.faults.history;

import dev.indelible.local.Service;
import dev.indelible.local.Stack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Clients and observers at work until closed. Each client sends one request until it is answered,
/// to another process after every failure, as an outbox does; each observer polls one process.
public final class Crowd implements AutoCloseable {
  private static final int SINGLES = 6;
  private static final int BATCHES = 2;
  private static final int BATCH = 20;

  /// Enough clients are in the middle of something at any moment; more would only be more to check.
  private static final Duration BREATH = Duration.ofMillis(60);

  private final Stack stack;
  private final History history;
  private final Offers offers;
  private final Wire wire = new Wire();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /// A crowd in front of all ledger processes of a stack.
  public Crowd(Stack stack, History history, long seed) {
    this.stack = stack;
    this.history = history;
    this.offers = Offers.of(stack, seed);
    var ignored = stack.tokens().ofService("claims-service");
    for (int i = 0; i < SINGLES + BATCHES; i++) {
      int number = i;
      run("client-" + i, () -> submit(number));
    }
    for (Service ledger : stack.ledgers()) {
      run("observer-" + ledger.name(), () -> observe(ledger));
    }
  }

  /// What the clients of this crowd send.
  public Offers offers() {
    return offers;
  }

  private void run(String name, Loop loop) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    while (!stopped) {
                      loop.turn();
                    }
                  } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                  } catch (RuntimeException | Error e) {
                    history.breakOff(name, e);
                  }
                }));
  }

  private interface Loop {
    void turn() throws InterruptedException;
  }

  private void submit(int number) throws InterruptedException {
    Request request = number < SINGLES ? offers.single() : offers.batch(BATCH);
    for (int attempt = number; !stopped; attempt++) {
      Service ledger = stack.ledgers().get(attempt % stack.ledgers().size());
      if (send(ledger, request)) {
        Thread.sleep(BREATH);
        return;
      }
      Thread.sleep(100);
    }
  }

  /// Sends a request once; whether everything in it was answered.
  public boolean send(Service ledger, Request request) throws InterruptedException {
    long asked = System.nanoTime();
    List<Told> told;
    try {
      String bearer = stack.tokens().ofService("claims-service");
      HttpResponse<String> answer =
          wire.post(ledger.url() + request.path(), bearer, request.body());
      told = Told.of(request, answer.statusCode(), answer.body());
    } catch (IOException lost) {
      told = Told.all(request, new Told.Nothing(lost.getClass().getSimpleName()));
    }
    history.write(request, told, asked);
    return told.stream().noneMatch(Told.Nothing.class::isInstance);
  }

  /// What a process served only grows as long as it runs; the next one may read another database.
  private void observe(Service ledger) throws InterruptedException {
    String run = ledger.node().process().map(process -> "#" + process.pid()).orElse("");
    try {
      HttpResponse<byte[]> answer = wire.get(ledger.url() + "/logs/claims/checkpoint");
      if (answer.statusCode() == 200) {
        history.see(ledger.name() + run, new String(answer.body(), StandardCharsets.UTF_8));
      }
    } catch (IOException down) {
      Thread.sleep(Duration.ofMillis(100));
    }
    Thread.sleep(Duration.ofMillis(100));
  }

  /// Lets every client finish or give up, then ends.
  @Override
  public void close() {
    stopped = true;
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofSeconds(20))) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      wire.close();
    }
  }
}
