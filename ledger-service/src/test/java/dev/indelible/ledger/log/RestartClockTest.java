package dev.indelible.ledger.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.Transactions;
import dev.indelible.ledger.block.ClockException;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A process that starts with a clock behind the signed time is stopped when it takes office,
/// before it takes an entry, also when nothing waits to be sealed.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class RestartClockTest {
  @Inject Logs logs;
  @Inject Transactions transactions;

  @BeforeEach
  void seal() {
    Entries.append("claims", Entries.random()).then().statusCode(201);
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  private List<Submission> takeOffice(Duration behind) {
    Log log = logs.get("claims");
    Clock clock = Clock.offset(Clock.systemUTC(), behind.negated());
    return transactions.read(new LogStatements(log, clock, new SecureRandom())::missing);
  }

  @Test
  void aClockBehindTheLastBlockIsFatalBeforeAnyEntry() {
    assertThrows(ClockException.class, () -> takeOffice(Duration.ofHours(1)));
    assertThrows(ClockException.class, () -> takeOffice(Duration.ofSeconds(10)));
  }

  @Test
  void aClockThatIsNearEnoughIsNot() {
    assertEquals(List.of(), takeOffice(Duration.ZERO));
    assertEquals(List.of(), takeOffice(Duration.ofSeconds(1)));
  }
}
