package dev.indelible.ledger.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Blocks that another process seals: an instance that nobody tells anything.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class NewestBlocksTest {
  @Inject Logs logs;
  @Inject Transactions transactions;

  @Test
  void aProcessThatDoesNotWriteFindsNewBlocksInTheTable() throws Exception {
    Log log = logs.get("claims");
    assertEquals(201, Entries.append("claims", Entries.random()).statusCode());
    long last =
        transactions.read(c -> BlockStore.last(c, log.name())).map(Block::number).orElseThrow();
    NewestBlocks elsewhere = new NewestBlocks(transactions);
    assertTrue(elsewhere.await(log, last - 1, Duration.ofMinutes(1)));
    assertFalse(elsewhere.await(log, last, Duration.ofMillis(10)));
    var waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return elsewhere.await(log, last, Duration.ofMinutes(1));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertEquals(201, Entries.append("claims", Entries.random()).statusCode());
    assertTrue(waiting.get());
  }
}
