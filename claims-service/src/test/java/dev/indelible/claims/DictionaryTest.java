package dev.indelible.claims;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.MatchKey;
import dev.indelible.anchoring.MatchToken;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.claims.duplicate.BilledService;
import dev.indelible.claims.duplicate.ExactKey;
import dev.indelible.kit.json.StrictJson;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.Scalar;
import dev.indelible.transparency.statement.Opening;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// An attacker has everything but the past: both databases as they are now, all keys of the
/// service, and a dictionary in which the erased claim is one of the entries. Every guess misses;
/// the same guesses at the same databases a moment earlier hit.
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class DictionaryTest {
  private static final HexFormat HEX = HexFormat.of();

  @Inject AnchoringConfig config;
  @Inject MatchKey matchKey;
  @Inject RecordKeys keys;
  @Inject MemberIndex index;
  @Inject StrictJson json;

  /// What somebody may know to be possible.
  private record Guess(String member, long amount, String day) {
    String body() {
      return """
          {"claimNumber":"CLM-CANARY-1","use":"claim","type":"professional",
           "member":{"system":"http://members.example/person","value":"%s"},
           "provider":{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"},
           "total":{"minor":%d,"currency":"EUR"},
           "lines":[{"sequence":1,"code":{"system":"https://codes.example","code":"Q9917X"},
             "serviced":{"from":"%s"},"netMinor":%d}],
           "diagnoses":[{"sequence":1,"code":{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"Z99.81X"}}]}
          """
          .formatted(member, amount, day, amount);
    }
  }

  private static List<Guess> dictionary() {
    List<Guess> guesses = new ArrayList<>();
    for (int member = 0; member < 20; member++) {
      for (long amount = 7301946130L; amount < 7301946140L; amount++) {
        for (int day = 10; day < 20; day++) {
          guesses.add(new Guess("P-CANARY-" + member, amount, "2031-07-" + day));
        }
      }
    }
    return guesses;
  }

  @Test
  void nothingOfAnErasedClaimCanBeConfirmed() throws Exception {
    Guess truth = new Guess("P-CANARY-13", 7301946137L, "2031-07-19");
    String id =
        ErasureTest.as(Tokens.alder())
            .header("Idempotency-Key", "canary")
            .body(truth.body())
            .post("/v1/claims")
            .path("id");
    ErasureTest.submit(Samples.claim());
    ErasureTest.as(Tokens.alderAdjudicator())
        .body(
            """
            {"outcome":"paid","reason":"P-CANARY-13 is in order",
             "lines":[{"sequence":1,"allowedMinor":%1$d,"paidMinor":%1$d}]}
            """
                .formatted(truth.amount()))
        .post("/v1/claims/" + id + "/decisions")
        .then()
        .statusCode(201);
    ErasureTest.as(Tokens.token("birch", "adjudicator"))
        .header("Purpose-Of-Use", "HPAYMT")
        .get("/v1/shared-claims/" + id)
        .then()
        .statusCode(404);
    ErasureTest.awaitIncluded(id);
    Set<String> before = hits();
    assertEquals(
        Set.of(
            "token claim-exact",
            "token service-day-member",
            "exact key",
            "member index",
            "digest of the body",
            "idempotency key",
            "commitment /memberValue",
            "commitment /totalMinor",
            "commitment /lines/0/netMinor",
            "commitment /lines/0/servicedFrom",
            "commitment /billedMinor",
            "cell of decision",
            "cell of consent_decision",
            "value 73019461",
            "value 2031-07-1",
            "value Q9917X"),
        before);

    ErasureTest.erase(id).then().statusCode(202);
    ErasureTest.await(id, "ERASED");
    assertEquals(Set.of(), hits());
    ErasureTest.audit().then().body("verdict", equalTo("MATCHES"));
  }

  /// By which ways of guessing the attacker learns something.
  private Set<String> hits() {
    String dump = dump();
    List<Opening> openings = openings();
    assertTrue(!openings.isEmpty(), "other records keep their openings");
    Set<String> hits = new TreeSet<>();
    for (Guess guess : dictionary()) {
      tokens(guess, dump, hits);
    }
    for (Guess guess : singles()) {
      commitments(guess, openings, dump, hits);
    }
    for (String canary :
        List.of("P-CANARY", "CLM-CANARY-1", "73019461", "2031-07-1", "Q9917X", "Z99.81X")) {
      hit(hits, "value " + canary, dump.contains(canary.toLowerCase(Locale.ROOT)));
    }
    cells("decision", "reason", hits);
    cells("consent_decision", "inputs", hits);
    return hits;
  }

  /// Fields are committed to one by one, so they can be guessed one by one.
  private static List<Guess> singles() {
    List<Guess> guesses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      guesses.add(new Guess("P-CANARY-" + i, 7301946130L + i, "2031-07-" + (10 + i % 10)));
    }
    return guesses;
  }

  private void tokens(Guess guess, String dump, Set<String> hits) {
    byte[] body = guess.body().getBytes(StandardCharsets.UTF_8);
    ClaimSubmission claim = json.read(body, ClaimSubmission.class);
    MatchToken exact = ExactKey.of(claim, "alder", matchKey);
    hit(hits, "token claim-exact", isIn(dump, exact.digest().toBase64()));
    hit(hits, "exact key", isIn(dump, HEX.formatHex(exact.digest().bytes())));
    for (BilledService service : BilledService.of(claim, "alder")) {
      MatchToken token = service.token(matchKey);
      hit(hits, "token service-day-member", isIn(dump, token.digest().toBase64()));
    }
    Member member = new Member("alder", claim.member().system(), guess.member());
    hit(hits, "member index", isIn(dump, HEX.formatHex(index.of(member).toArray())));
    hit(hits, "digest of the body", isIn(dump, HEX.formatHex(Hash.sha256(body).bytes())));
    byte[] request = ("/v1/claims\n" + guess.body()).getBytes(StandardCharsets.UTF_8);
    hit(hits, "idempotency key", isIn(dump, HEX.formatHex(Hash.sha256(request).bytes())));
  }

  private static void commitments(
      Guess guess, List<Opening> openings, String dump, Set<String> hits) {
    for (Opening opening : openings) {
      commitment(opening, "/memberValue", Json.string(guess.member()), dump, hits);
      commitment(opening, "/totalMinor", Json.number(guess.amount()), dump, hits);
      commitment(opening, "/lines/0/netMinor", Json.number(guess.amount()), dump, hits);
      commitment(opening, "/lines/0/servicedFrom", Json.string(guess.day()), dump, hits);
      commitment(opening, "/billedMinor", Json.number(guess.amount()), dump, hits);
    }
  }

  private static void commitment(
      Opening opening, String pointer, Scalar value, String dump, Set<String> hits) {
    String commitment = HEX.formatHex(opening.commit(pointer, value).bytes());
    hit(hits, "commitment " + pointer, isIn(dump, commitment));
  }

  /// What the keys open that are left.
  private void cells(String table, String column, Set<String> hits) {
    Rows.strings(
            "select concat_ws(' ', t.id, c.record, encode(t.%2$s, 'hex')) from %1$s t join claim c on c.id = t.claim_id"
                .formatted(table, column))
        .stream()
        .map(text -> text.split(" "))
        .flatMap(
            row -> {
              Cell cell = new Cell(table, row[0], column);
              Bytes held = Bytes.of(HEX.parseHex(row[2]));
              return key(row[1]).flatMap(key -> key.decrypt(cell, held)).stream();
            })
        .map(text -> new String(text, StandardCharsets.UTF_8))
        .forEach(text -> hit(hits, "cell of " + table, text.contains("P-CANARY-13")));
  }

  private static void hit(Set<String> hits, String how, boolean is) {
    if (is) {
      hits.add(how);
    }
  }

  private static boolean isIn(String dump, String text) {
    return dump.contains(text.toLowerCase(Locale.ROOT));
  }

  /// Every cell of every table as text, and what the ledger keeps beside its leaves.
  private String dump() {
    StringBuilder dump = new StringBuilder();
    for (String table :
        Rows.strings("select tablename from pg_tables where schemaname = 'public'")) {
      Rows.strings("select t::text from " + table + " t")
          .forEach(row -> dump.append(row).append('\n'));
    }
    String tokens = config.ledgerUrl().getFirst().resolve("/control/tokens").toString();
    dump.append(RestAssured.get(tokens).asString());
    return dump.toString().toLowerCase(Locale.ROOT);
  }

  /// All salts that are left come from these.
  private List<Opening> openings() {
    return Rows.strings(
            """
            select concat_ws(' ', id, key_id, encode(seed, 'hex')) from anchored_statement
            where seed is not null""")
        .stream()
        .map(text -> text.split(" "))
        .flatMap(row -> opening(row[0], row[1], Bytes.of(HEX.parseHex(row[2]))).stream())
        .toList();
  }

  private Optional<DataKey> key(String id) {
    return RowScope.all(
            () ->
                QuarkusTransaction.requiringNew()
                    .call(() -> keys.find(List.of(UUID.fromString(id)))))
        .values()
        .stream()
        .findFirst()
        .flatMap(keys::unwrap);
  }

  private Optional<Opening> opening(String statement, String key, Bytes seed) {
    return key(key)
        .flatMap(found -> found.decrypt(new Cell("anchored_statement", statement, "seed"), seed))
        .map(Opening::of);
  }
}
