package dev.indelible.ledger.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.block.Block;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A witness that is slow, silent or broken makes no queue, and is asked at the times it should be.
class WitnessFeedTest {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(2);

  private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new SynchronousQueue<>();
  private final WitnessFeed feed =
      new WitnessFeed("test", this::deliver, new Pauses(LONGEST_PAUSE, new SplittableRandom(1)));

  private enum Answer {
    DONE,
    ASK_AGAIN,
    BROKEN
  }

  private boolean deliver(Block block) throws Exception {
    asked.add(block.number());
    return switch (answers.take()) {
      case DONE -> true;
      case ASK_AGAIN -> false;
      case BROKEN -> throw new IOException("broken");
    };
  }

  @AfterEach
  void stop() throws InterruptedException {
    feed.stop();
    boolean ignored = answers.offer(Answer.DONE, 100, TimeUnit.MILLISECONDS);
  }

  private static Block block(long number) {
    TreeHead head = new TreeHead(number + 1, Hash.EMPTY_TREE);
    return new Block(number, number, head, "", Instant.EPOCH, Optional.empty(), Optional.empty());
  }

  private long asked() throws InterruptedException {
    Long number = asked.poll(20, TimeUnit.SECONDS);
    assertTrue(number != null, "the witness is not asked");
    return number;
  }

  private void answer(Answer answer) throws InterruptedException {
    assertTrue(answers.offer(answer, 20, TimeUnit.SECONDS), "nobody waits for the answer");
  }

  @Test
  void ofManyBlocksASlowWitnessSeesTheNewest() throws Exception {
    feed.start();
    feed.offer(block(0));
    assertEquals(0, asked());
    LongStream.rangeClosed(1, 1000).mapToObj(WitnessFeedTest::block).forEach(feed::offer);
    answer(Answer.DONE);
    assertEquals(1000, asked());
    answer(Answer.DONE);
    feed.offer(block(1001));
    assertEquals(1001, asked());
    answer(Answer.DONE);
    assertNull(asked.poll(50, TimeUnit.MILLISECONDS), "a block is told twice");
  }

  @Test
  void whatFailedIsToldAgainUntilThereIsSomethingNewer() throws Exception {
    feed.start();
    feed.offer(block(7));
    for (Answer answer : List.of(Answer.ASK_AGAIN, Answer.BROKEN, Answer.ASK_AGAIN)) {
      assertEquals(7, asked());
      answer(answer);
    }
    assertEquals(7, asked());
    feed.offer(block(8));
    answer(Answer.BROKEN);
    assertEquals(8, asked());
    answer(Answer.DONE);
    assertNull(asked.poll(50, TimeUnit.MILLISECONDS), "a block is told twice");
  }

  /// With as many blocks as there may be, it is asked no more often.
  @Test
  void newerBlocksEndNoPause() throws Exception {
    Duration pause = Duration.ofMillis(400);
    WitnessFeed patient =
        new WitnessFeed("patient", this::deliver, new Pauses(pause, new SplittableRandom(1)));
    try {
      patient.start();
      patient.offer(block(0));
      assertEquals(0, asked());
      long failed = System.nanoTime();
      answer(Answer.ASK_AGAIN);
      for (long number = 1; asked.isEmpty(); number++) {
        patient.offer(block(number));
        Thread.sleep(1);
      }
      // The first pause is 100 ms at least, and 200 at most.
      assertTrue(System.nanoTime() - failed >= Duration.ofMillis(100).toNanos(), "a pause was cut");
      answer(Answer.DONE);
    } finally {
      patient.stop();
    }
  }

  @Test
  void pausesDoubleUpToTheirLimitAndNoTwoLogsCallInStep() {
    Duration longest = Duration.ofSeconds(10);
    int logs = 500;
    List<Pauses> all =
        LongStream.range(0, logs)
            .mapToObj(seed -> new Pauses(longest, new SplittableRandom(seed)))
            .toList();
    for (int round = 0; round < 2; round++) {
      for (long most : new long[] {200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000}) {
        LongSummaryStatistics pauses =
            all.stream().mapToLong(its -> its.next().toMillis()).summaryStatistics();
        assertTrue(pauses.getMin() >= most / 2, most + ": " + pauses);
        assertTrue(pauses.getMax() <= most, most + ": " + pauses);
        assertTrue(pauses.getMin() < most * 0.55, "not as short as may be: " + pauses);
        assertTrue(pauses.getMax() > most * 0.95, "not as long as may be: " + pauses);
      }
      all.forEach(Pauses::reset);
    }
    assertTrue(
        new Pauses(LONGEST_PAUSE, new SplittableRandom(1)).next().compareTo(LONGEST_PAUSE) <= 0);
  }
}
