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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /// Where a guess would show: texts that may be anywhere in what the attacker has, by how each was
  /// come by. They are looked for all at once, in one walk along the dump.
  private static final class Guesses {
    /// All texts are longer: digests in hexadecimal or base64.
    private static final int PREFIX = 16;

    private final Map<String, Map<String, String>> byPrefix = new HashMap<>();

    void add(String how, String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      byPrefix
          .computeIfAbsent(lower.substring(0, PREFIX), prefix -> new HashMap<>())
          .put(lower, how);
    }

    /// By which of them something is learnt.
    Set<String> hits(String dump) {
      Set<String> hits = new TreeSet<>();
      for (int i = 0; i + PREFIX <= dump.length(); i++) {
        int at = i;
        byPrefix
            .getOrDefault(dump.substring(i, i + PREFIX), Map.of())
            .forEach(
                (text, how) -> {
                  if (dump.startsWith(text, at)) {
                    hits.add(how);
                  }
                });
      }
      return hits;
    }
  }

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
    List<Opening> openings = openings();
    assertTrue(!openings.isEmpty(), "other records keep their openings");
    Guesses guesses = new Guesses();
    dictionary().forEach(guess -> tokens(guess, guesses));
    singles().forEach(guess -> commitments(guess, openings, guesses));
    String dump = dump();
    Set<String> hits = guesses.hits(dump);
    for (String canary :
        List.of("P-CANARY", "CLM-CANARY-1", "73019461", "2031-07-1", "Q9917X", "Z99.81X")) {
      if (dump.contains(canary.toLowerCase(Locale.ROOT))) {
        hits.add("value " + canary);
      }
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

  private void tokens(Guess guess, Guesses guesses) {
    byte[] body = guess.body().getBytes(StandardCharsets.UTF_8);
    ClaimSubmission claim = json.read(body, ClaimSubmission.class);
    MatchToken exact = ExactKey.of(claim, "alder", matchKey);
    guesses.add("token claim-exact", exact.digest().toBase64());
    guesses.add("exact key", HEX.formatHex(exact.digest().bytes()));
    for (BilledService service : BilledService.of(claim, "alder")) {
      guesses.add("token service-day-member", service.token(matchKey).digest().toBase64());
    }
    Member member = new Member("alder", claim.member().system(), guess.member());
    guesses.add("member index", HEX.formatHex(index.of(member).toArray()));
    guesses.add("digest of the body", HEX.formatHex(Hash.sha256(body).bytes()));
    byte[] request = ("/v1/claims\n" + guess.body()).getBytes(StandardCharsets.UTF_8);
    guesses.add("idempotency key", HEX.formatHex(Hash.sha256(request).bytes()));
  }

  private static void commitments(Guess guess, List<Opening> openings, Guesses guesses) {
    for (Opening opening : openings) {
      commitment(opening, "/memberValue", Json.string(guess.member()), guesses);
      commitment(opening, "/totalMinor", Json.number(guess.amount()), guesses);
      commitment(opening, "/lines/0/netMinor", Json.number(guess.amount()), guesses);
      commitment(opening, "/lines/0/servicedFrom", Json.string(guess.day()), guesses);
      commitment(opening, "/billedMinor", Json.number(guess.amount()), guesses);
    }
  }

  private static void commitment(Opening opening, String pointer, Scalar value, Guesses guesses) {
    guesses.add("commitment " + pointer, HEX.formatHex(opening.commit(pointer, value).bytes()));
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
              return keys(List.of(UUID.fromString(row[1]))).values().stream()
                  .flatMap(key -> key.decrypt(cell, held).stream());
            })
        .map(text -> new String(text, StandardCharsets.UTF_8))
        .filter(text -> text.contains("P-CANARY-13"))
        .forEach(text -> hits.add("cell of " + table));
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
    List<String[]> rows =
        Rows.strings(
                """
                select concat_ws(' ', id, key_id, encode(seed, 'hex')) from anchored_statement
                where seed is not null""")
            .stream()
            .map(text -> text.split(" "))
            .toList();
    Map<UUID, DataKey> left = keys(rows.stream().map(row -> UUID.fromString(row[1])).toList());
    return rows.stream()
        .filter(row -> left.containsKey(UUID.fromString(row[1])))
        .flatMap(
            row ->
                left
                    .get(UUID.fromString(row[1]))
                    .decrypt(
                        new Cell("anchored_statement", row[0], "seed"),
                        Bytes.of(HEX.parseHex(row[2])))
                    .stream())
        .map(Opening::of)
        .toList();
  }

  private Map<UUID, DataKey> keys(List<UUID> ids) {
    Map<UUID, DataKey> opened = new HashMap<>();
    RowScope.all(() -> QuarkusTransaction.requiringNew().call(() -> keys.find(ids)))
        .forEach((id, stored) -> keys.unwrap(stored).ifPresent(key -> opened.put(id, key)));
    return opened;
  }
}
