package dev.indelible.ledger.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.indelible.ledger.Generation;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.Scalar;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.PemKey;
import dev.indelible.transparency.statement.Opening;
import dev.indelible.transparency.statement.Statement;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a log has to say, and by which key, so that its keys change; and that nothing else changes
/// them.
class KeyHistoryTest {
  private static final String ORIGIN = "test.example/claims";
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
  private static final Generation FIRST = generation(1, ORIGIN);
  private static final Generation SECOND = generation(2, ORIGIN);
  private static final Generation THIRD = generation(3, ORIGIN);
  private static final Statement GENESIS =
      Statement.builder()
          .put("/type", "ledger.genesis/v1")
          .put("/origin", ORIGIN)
          .put("/ed25519", FIRST.ed25519().key().vkey())
          .put("/mlDsa44", FIRST.mlDsa44().key().vkey())
          .build();
  private static final KeyHistory BEGUN = KeyHistory.NONE.with(ORIGIN, said(0, GENESIS, FIRST));
  private static final KeyHistory OVERLAP =
      BEGUN.with(ORIGIN, said(7, KeyStatement.announced(ORIGIN, SECOND, AT), FIRST));

  private static Generation generation(int number, String origin) {
    return new Generation(
        number, signer(origin, KeyType.ED25519), signer(origin, KeyType.ML_DSA_44_COSIGNATURE));
  }

  private static NoteSigner signer(String name, KeyType type) {
    String pem = PemKey.generate(type.algorithm());
    return NoteSigner.of(name, type, PemKey.parse(type.algorithm(), pem));
  }

  private static OwnEntry said(long index, Statement statement, Generation by) {
    var root = Opening.random(new SecureRandom()).commit(statement).root();
    Entry entry =
        Entry.sign("urn:indelible:log:" + ORIGIN, "urn:uuid:x", root, by.ed25519().signer());
    return new OwnEntry(index, entry, statement);
  }

  private static List<Integer> inForce(KeyHistory history, long size) {
    return history.inForce(size).stream().map(KeyTerm::generation).toList();
  }

  private static KeyTerm term(KeyHistory history, int generation) {
    return history.find(generation).orElseThrow();
  }

  private static Statement with(Statement statement, String pointer, Scalar value) {
    SortedMap<String, Scalar> fields = new TreeMap<>(statement.fields());
    fields.put(pointer, value);
    return new Statement(fields);
  }

  @Test
  void aGenerationSignsTheTreeThatHoldsItsAnnouncementAndNotTheOneThatHoldsItsEnd() {
    KeyHistory ended =
        OVERLAP.with(ORIGIN, said(9, KeyStatement.retired(ORIGIN, term(OVERLAP, 1), AT), SECOND));
    assertEquals(List.of(1), inForce(ended, 0));
    assertEquals(List.of(1), inForce(ended, 7));
    assertEquals(List.of(1, 2), inForce(ended, 8));
    assertEquals(List.of(1, 2), inForce(ended, 9));
    assertEquals(List.of(2), inForce(ended, 10));
    assertEquals(List.of(2), inForce(ended, Long.MAX_VALUE));
    assertEquals(SECOND.keys(), ended.keys(10));
  }

  @Test
  void twoGenerationsMayEndInEitherOrder() {
    KeyHistory ended =
        OVERLAP.with(ORIGIN, said(9, KeyStatement.retired(ORIGIN, term(OVERLAP, 2), AT), FIRST));
    assertEquals(List.of(1), inForce(ended, 10));
    KeyHistory third =
        ended.with(ORIGIN, said(12, KeyStatement.announced(ORIGIN, THIRD, AT), FIRST));
    assertEquals(List.of(1, 3), inForce(third, 13));
  }

  private static void nothing(KeyHistory history, OwnEntry said) {
    assertSame(history, history.with(ORIGIN, said));
  }

  @Test
  void aGenesisCountsOnlyAsTheFirstEntryAndSignedByItself() {
    nothing(KeyHistory.NONE, said(1, GENESIS, FIRST));
    nothing(KeyHistory.NONE, said(0, GENESIS, SECOND));
    nothing(BEGUN, said(0, GENESIS, FIRST));
    nothing(KeyHistory.NONE, said(0, with(GENESIS, "/origin", Json.string("other")), FIRST));
    Scalar ed25519 = Json.string(FIRST.ed25519().key().vkey());
    nothing(KeyHistory.NONE, said(0, with(GENESIS, "/mlDsa44", ed25519), FIRST));
    nothing(KeyHistory.NONE, said(0, with(GENESIS, "/ed25519", Json.string("no key")), FIRST));
  }

  @Test
  void anAnnouncementIsRefusedUnlessTheOldKeySignsItAndTheNewOnesShowThemselves() {
    Statement good = KeyStatement.announced(ORIGIN, SECOND, AT);
    nothing(KeyHistory.NONE, said(7, good, FIRST));
    nothing(BEGUN, said(7, good, SECOND));
    nothing(BEGUN, said(7, good, THIRD));
    nothing(BEGUN, said(7, KeyStatement.announced(ORIGIN, THIRD, AT), FIRST));
    nothing(BEGUN, said(7, KeyStatement.announced("other.example/x", SECOND, AT), FIRST));
    Generation foreign = generation(2, "other.example/x");
    nothing(BEGUN, said(7, KeyStatement.announced(ORIGIN, foreign, AT), FIRST));
    Statement other = KeyStatement.announced(ORIGIN, generation(2, ORIGIN), AT);
    for (String field :
        List.of("/ed25519", "/mlDsa44", "/ed25519Possession", "/mlDsa44Possession")) {
      Scalar exchanged = other.fields().get(field);
      nothing(BEGUN, said(7, with(good, field, exchanged), FIRST));
      nothing(BEGUN, said(7, with(good, field, Json.string("*")), FIRST));
      nothing(BEGUN, said(7, with(good, field, Json.number(1)), FIRST));
    }
    nothing(BEGUN, said(7, with(good, "/generation", Json.number(3)), FIRST));
    nothing(BEGUN, said(7, with(good, "/generation", Json.string("2")), FIRST));
    nothing(BEGUN, said(7, with(good, "/type", Json.string("ledger.key-announced/v2")), FIRST));
  }

  @Test
  void whatIsSaidTwiceCountsOnce() {
    nothing(OVERLAP, said(8, KeyStatement.announced(ORIGIN, SECOND, AT), FIRST));
    Statement end = KeyStatement.retired(ORIGIN, term(OVERLAP, 1), AT);
    KeyHistory ended = OVERLAP.with(ORIGIN, said(9, end, SECOND));
    nothing(ended, said(10, end, SECOND));
  }

  @Test
  void aRetirementIsRefusedUnlessAnotherGenerationInForceSignsIt() {
    Statement endOfFirst = KeyStatement.retired(ORIGIN, term(OVERLAP, 1), AT);
    nothing(OVERLAP, said(9, endOfFirst, FIRST));
    nothing(OVERLAP, said(9, endOfFirst, THIRD));
    nothing(BEGUN, said(9, endOfFirst, FIRST));
    nothing(OVERLAP, said(9, with(endOfFirst, "/generation", Json.number(2)), FIRST));
    nothing(OVERLAP, said(9, with(endOfFirst, "/generation", Json.number(3)), SECOND));
    Scalar second = Json.string(SECOND.ed25519().key().vkey());
    nothing(OVERLAP, said(9, with(endOfFirst, "/ed25519", second), SECOND));
    nothing(OVERLAP, said(9, with(endOfFirst, "/origin", Json.string("other")), SECOND));
    KeyHistory ended = OVERLAP.with(ORIGIN, said(9, endOfFirst, SECOND));
    Statement endOfSecond = KeyStatement.retired(ORIGIN, term(OVERLAP, 2), AT);
    nothing(ended, said(10, endOfSecond, FIRST));
    nothing(ended, said(10, endOfSecond, SECOND));
  }
}
