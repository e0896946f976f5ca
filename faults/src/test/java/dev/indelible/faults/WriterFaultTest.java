package dev.indelible.faults;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.indelible.faults.history.Crowd;
import dev.indelible.faults.history.Offers;
import dev.indelible.faults.history.Pause;
import dev.indelible.faults.history.Request;
import dev.indelible.local.Node;
import dev.indelible.local.Service;
import dev.indelible.local.Stack;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The writer dies, or stands still for longer than its lease, or is sent everything many times
/// over, while clients are at work. Seen from outside nothing is lost, doubled or contradicted.
@TestInstance(Lifecycle.PER_CLASS)
class WriterFaultTest {
  private static final int CALLERS = 1_000;

  private Stack stack;
  private Ledgers ledgers;

  @BeforeAll
  void start() {
    stack = Ledgers.start();
    ledgers = Ledgers.of(stack);
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void aWriterKilledAtAnyTimeLosesNothing() throws Exception {
    ledgers.underLoad(
        "kill -9",
        crowd -> {
          SplittableRandom random = new SplittableRandom();
          for (int round = 0; round < 4; round++) {
            Node victim = ledgers.writer().node();
            Pause.of(Duration.ofMillis(random.nextInt(1_000)));
            long fault = System.nanoTime();
            victim.kill();
            ledgers.requireRecovery("kill -9 of " + victim.name(), fault);
            Ledgers.start(victim);
            ledgers.history().awaitMore(20);
          }
        });
  }

  @Test
  void aWriterThatStandsStillForLongerThanItsLeaseGivesWay() throws Exception {
    ledgers.underLoad(
        "SIGSTOP",
        crowd -> {
          Service frozen = ledgers.writer();
          long fault = System.nanoTime();
          frozen.node().suspend();
          ledgers.requireRecovery("SIGSTOP of " + frozen.name(), fault);
          ledgers.history().awaitMore(100);
          assertNotEquals(frozen.url(), ledgers.writer().url(), "the other one writes");
          // In the middle of whatever it was doing, as the writer that it thinks it is.
          frozen.node().resume();
          Pause.of(Duration.ofSeconds(3));
        });
  }

  @Test
  void aThousandIdenticalSubmissionsAtOnceAreOneEntry() throws Exception {
    ledgers.underLoad(
        "1,000 times the same",
        crowd -> {
          Request same = crowd.offers().single();
          atOnce(crowd, Collections.nCopies(CALLERS, same));
        });
  }

  @Test
  void ofRepeatedAndReorderedBatchesEveryStatementIsThereOnce() throws Exception {
    ledgers.underLoad(
        "batches out of order",
        crowd -> {
          Offers offers = crowd.offers();
          List<Draft> drafts = new ArrayList<>();
          List<Hash> tokens = new ArrayList<>();
          for (int i = 0; i < 50; i++) {
            drafts.add(offers.draft());
            tokens.add(offers.hash());
          }
          Request batch = offers.batch(drafts, tokens);
          Request backwards = offers.batch(drafts.reversed(), tokens.reversed());
          List<Draft> twice = new ArrayList<>(drafts);
          twice.addAll(drafts);
          List<Hash> tokensTwice = new ArrayList<>(tokens);
          tokensTwice.addAll(tokens);
          Request doubled = offers.batch(twice, tokensTwice);
          List<Request> all = new ArrayList<>();
          IntStream.range(0, 10).forEach(i -> all.addAll(List.of(batch, backwards, doubled)));
          Collections.shuffle(all);
          atOnce(crowd, all);
        });
  }

  /// Sends every request from a caller of its own, to both processes, until it is answered.
  private void atOnce(Crowd crowd, List<Request> requests) throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      Service ledger = stack.ledgers().get(i % 2);
      calls.add(
          () -> {
            while (!crowd.send(ledger, request)) {
              Thread.sleep(200);
            }
            return true;
          });
    }
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : callers.invokeAll(calls)) {
        call.get();
      }
    }
  }
}
