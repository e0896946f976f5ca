package dev.indelible.anchoring.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.local.TestPostgres;
import dev.indelible.local.testing.FakeLedgerResource;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(RealPostgres.class)
@WithTestResource(FakeLedgerResource.class)
@Tag("hipaa/164.312.a.2.iv")
class RewrapKeysTest {
  /// More than two transactions' worth.
  private static final int RECORDS = 450;

  @Inject DataSource database;

  private final byte[] first = Gcm.randomKey();
  private final byte[] second = Gcm.randomKey();
  private final KeyEncryption before = new KeyFiles(List.of(first));
  private final KeyEncryption both = new KeyFiles(List.of(second, first));
  private final KeyEncryption after = new KeyFiles(List.of(second));
  private final Map<UUID, byte[]> expected = new HashMap<>();

  @BeforeEach
  void recordsUnderTheFirstKey() {
    clear();
    RecordKeys keys = new RecordKeys(database, before);
    transaction(
        () -> {
          for (int i = 0; i < RECORDS; i++) {
            UUID id = UUID.randomUUID();
            expected.put(id, keys.of(id, "alder").bytes());
          }
          return null;
        });
  }

  @AfterEach
  void clear() {
    var ignored = superuser("delete from record_key");
  }

  private static <T> T transaction(Callable<T> work) {
    return RowScope.all(() -> QuarkusTransaction.requiringNew().call(work));
  }

  private static int superuser(String sql) {
    try (Connection connection = TestPostgres.connect("test")) {
      return connection.createStatement().executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private Map<UUID, StoredKey> stored() {
    return transaction(() -> new RecordKeys(database, both).find(expected.keySet()));
  }

  private long under(KeyEncryption keks) {
    return stored().values().stream().filter(row -> row.unwrap(keks).isPresent()).count();
  }

  private boolean step(RewrapKeys rewrap) {
    return transaction(rewrap::advance);
  }

  /// As a process that has started afresh.
  private RewrapKeys rewrap() {
    return new RewrapKeys(new RecordKeys(database, both), both);
  }

  @Test
  void goesOnWhereItWasInterrupted() {
    assertTrue(step(rewrap()));
    assertEquals(200, under(after));
    // Interrupted in the middle of a transaction, then killed.
    RewrapKeys killed = rewrap();
    assertThrows(
        IllegalStateException.class,
        () ->
            transaction(
                () -> {
                  assertTrue(killed.advance());
                  throw new IllegalStateException("power cut");
                }));
    assertEquals(200, under(after));

    RewrapKeys again = rewrap();
    assertTrue(step(again));
    assertTrue(step(again));
    assertFalse(step(again));
    assertEquals(RECORDS, under(after));
    assertEquals(0, under(before));
    stored()
        .forEach(
            (id, row) ->
                assertArrayEquals(expected.get(id), row.unwrap(after).orElseThrow().bytes()));
  }

  @Test
  void aDamagedKeyKeepsNobodyWaiting() {
    UUID damaged = expected.keySet().stream().sorted().findFirst().orElseThrow();
    superuser(
        "update record_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where id = '"
            + damaged
            + "'");
    RewrapKeys rewrap = rewrap();
    for (int i = 0; i < 4; i++) {
      var ignored = step(rewrap);
    }
    assertEquals(RECORDS - 1, under(after));
    assertEquals("wrapped", stored().get(damaged).damaged(both, "alder"));
  }

  @Test
  void doesNothingWithoutAnOlderKey() {
    assertFalse(step(new RewrapKeys(new RecordKeys(database, after), after)));
    assertEquals(RECORDS, under(before));
  }

  /// A backup has every row of the day before, and whoever has it has today's key-encryption key.
  @Test
  void copiesOfAnErasedKeyAreDeadOnceTheOldKeyIsDestroyed() {
    UUID erased = expected.keySet().iterator().next();
    StoredKey copy = stored().get(erased);
    transaction(
        () -> {
          new RecordKeys(database, both).destroy(erased);
          return null;
        });
    RewrapKeys rewrap = rewrap();
    while (step(rewrap)) {}
    assertEquals(RECORDS - 1, under(after));
    assertEquals(Optional.empty(), Optional.ofNullable(stored().get(erased)));
    assertTrue(copy.unwrap(before).isPresent(), "the old key would open it, were it not destroyed");
    assertEquals(Optional.empty(), copy.unwrap(after));
  }

  /// Between reading and writing a row: it must not come back.
  @Test
  void doesNotBringBackWhatIsErasedMeanwhile() {
    UUID erased = expected.keySet().iterator().next();
    RecordKeys keys = new RecordKeys(database, both);
    StoredKey read = stored().get(erased);
    transaction(
        () -> {
          keys.destroy(erased);
          keys.rewrap(read);
          return null;
        });
    assertEquals(RECORDS - 1, stored().size());
  }
}
