package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.Cosignature;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Receipts in bulk, against the receipts one by one and against the policy.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "3"))
@WithTestResource(TestTokens.class)
class BlockReceiptsTest {
  @Inject LedgerConfig config;

  @BeforeEach
  void fill() throws Exception {
    try (var threads = Executors.newFixedThreadPool(16)) {
      Callable<Integer> one = () -> Entries.append("claims", Entries.random()).statusCode();
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(one);
      }
      for (var status : threads.invokeAll(all)) {
        assertEquals(201, status.get());
      }
    }
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void everyLeafOfEveryBlockIsProvedUnderTheBlocksOwnCheckpoint() throws Exception {
    ReceiptVerifier verifier = verifier();
    long next = 0;
    long last = lastBlock();
    for (long number = 0; number <= last; number++) {
      JsonPath document = document(number, "");
      assertEquals("included", document.getString("level"));
      assertEquals(number, document.getLong("block"));
      for (TlogProof proof : proofs(document)) {
        assertEquals(next++, proof.proof().index());
      }
      check(document, verifier);
    }
    assertEquals(get("/v1/logs/claims/blocks/" + last).jsonPath().getLong("end"), next);
  }

  @Test
  void witnessedReceiptsAreThoseThatEachLeafHasForItself() throws Exception {
    long last = lastBlock();
    awaitWitnessed(last);
    for (long number = 0; number <= last; number++) {
      JsonPath document = document(number, "?level=witnessed");
      check(document, verifier());
      for (TlogProof proof : proofs(document)) {
        String path = "/v1/logs/claims/entries/" + proof.proof().index() + "/receipt.tlog-proof";
        assertEquals(get(path).asString(), proof.print());
      }
    }
  }

  /// Every member of a block's document, against the receipts, the policy and its neighbours.
  @Test
  void aBlockSaysWhatItIs() throws Exception {
    long last = lastBlock();
    awaitWitnessed(last);
    TrustPolicy policy = TrustPolicy.parse(Files.readString(config.policy()));
    String path = "/v1/logs/claims/blocks/";
    for (long number : LongStream.of(0, 1, last - 1, last).distinct().toArray()) {
      JsonPath block = get(path + number).then().statusCode(200).extract().jsonPath();
      String checkpoint = block.getString("checkpoint");
      OpenedCheckpoint opened = policy.open(SignedNote.parse(checkpoint));
      TreeHead head = opened.checkpoint().head();
      assertEquals("claims", block.getString("log"));
      assertEquals(number, block.getLong("number"));
      long start = number == 0 ? 0 : get(path + (number - 1)).jsonPath().getLong("end");
      assertEquals(start, block.getLong("start"));
      assertEquals(head.size(), block.getLong("end"));
      assertTrue(start < head.size());
      assertEquals(head.root().toBase64(), block.getString("root"));
      assertEquals(LedgerFiles.ORIGIN + "/claims", opened.checkpoint().origin());
      List<String> cosigners = opened.cosignatures().stream().map(Cosignature::witness).toList();
      assertEquals(cosigners, block.getList("witnesses"));
      // Two signatures of the log, and one of each witness that is named.
      int signatures = SignedNote.parse(checkpoint).signatures().size();
      assertEquals(2 + cosigners.size(), signatures);
      Object stored =
          new Sql()
              .list(
                  "SELECT witnessed_note IS NOT NULL FROM block WHERE log = 'claims' AND number = ?",
                  number)
              .getFirst();
      assertEquals(stored, block.getBoolean("witnessed"));
      assertTrue(!block.getBoolean("witnessed") || cosigners.size() >= 2);
      assertEquals(logTime(policy, checkpoint), Instant.parse(block.getString("sealedAt")));
      assertEquals(number == 0 ? null : path + (number - 1), block.getString("previous"));
      assertEquals(number == last ? null : path + (number + 1), block.getString("next"));
      assertEquals(
          number == 0 || number == last ? 10 : 11, block.getMap("").size(), block::prettify);
    }
    assertTrue(get(path + last).jsonPath().getBoolean("witnessed"));
  }

  /// When the log says that it signed, in its ML-DSA-44 signature.
  private static Instant logTime(TrustPolicy policy, String checkpoint) {
    VerifierKey timed =
        policy.logKeys(LedgerFiles.ORIGIN + "/claims").stream()
            .filter(key -> key.type().isTimed())
            .findFirst()
            .orElseThrow();
    return SignedNote.parse(checkpoint).signatures().stream()
        .filter(timed::claims)
        .map(line -> Instant.ofEpochSecond(timed.time(line)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aLargeBlockComesInPages() throws Exception {
    Sql sql = new Sql();
    String largest = "SELECT number FROM block WHERE log = 'claims' ORDER BY end_ - start_ DESC";
    long number = sql.number(largest);
    List<Map<String, Object>> whole = document(number, "").getList("receipts");
    assertTrue(whole.size() >= 2, "no block has two leaves");
    List<Map<String, Object>> paged = new ArrayList<>();
    String next = "/v1/logs/claims/blocks/" + number + "/receipts?limit=1";
    while (next != null) {
      JsonPath page = get(next).then().statusCode(200).extract().jsonPath();
      assertEquals(1, page.getList("receipts").size());
      paged.addAll(page.getList("receipts"));
      next = page.getString("next");
    }
    assertEquals(whole, paged);
  }

  @Test
  void saysWhatThereIsNot() throws Exception {
    long last = lastBlock();
    awaitWitnessed(last);
    refused("/v1/logs/claims/blocks/99999/receipts", 404, "not-found");
    refused("/v1/logs/claims/blocks/0/receipts?level=sequenced", 400, "bad-request");
    Sql sql = new Sql();
    sql.update("CREATE TABLE kept AS SELECT * FROM block WHERE log = 'claims'");
    sql.update("UPDATE block SET witnessed_note = NULL WHERE log = 'claims'");
    try {
      refused("/v1/logs/claims/blocks/0/receipts?level=witnessed", 404, "no-receipt");
    } finally {
      sql.update(
          "UPDATE block b SET witnessed_note = k.witnessed_note FROM kept k"
              + " WHERE k.log = b.log AND k.number = b.number");
      sql.update("DROP TABLE kept");
    }
  }

  private static void refused(String path, int status, String code) {
    get(path).then().statusCode(status).body("code", equalTo(code));
  }

  private static JsonPath document(long number, String query) {
    return get("/v1/logs/claims/blocks/" + number + "/receipts" + query)
        .then()
        .statusCode(200)
        .header("Cache-Control", containsString("immutable"))
        .body("origin", equalTo(LedgerFiles.ORIGIN + "/claims"))
        .extract()
        .jsonPath();
  }

  private static List<TlogProof> proofs(JsonPath document) {
    SignedNote note = SignedNote.parse(document.getString("checkpoint"));
    long size = Checkpoint.parse(note.text()).head().size();
    List<TlogProof> proofs = new ArrayList<>();
    for (int i = 0; i < document.getList("receipts").size(); i++) {
      List<String> path = document.getList("receipts[" + i + "].path");
      long index = document.getLong("receipts[" + i + "].index");
      List<Hash> hashes = path.stream().map(Hash::fromBase64).toList();
      proofs.add(new TlogProof(new InclusionProof(index, size, hashes), note));
    }
    return proofs;
  }

  private static void check(JsonPath document, ReceiptVerifier verifier) throws Exception {
    boolean witnessed = document.getString("level").equals("witnessed");
    List<TlogProof> proofs = proofs(document);
    assertTrue(!proofs.isEmpty());
    for (int i = 0; i < proofs.size(); i++) {
      Hash leaf = Hash.fromBase64(document.getString("receipts[" + i + "].leafHash"));
      assertEquals(witnessed, verifier.verify(leaf, proofs.get(i)).witnessed());
    }
  }

  private long lastBlock() throws Exception {
    return new Sql().number("SELECT max(number) FROM block WHERE log = 'claims'");
  }

  private static void awaitWitnessed(long number) throws InterruptedException {
    String path = "/v1/logs/claims/blocks/" + number + "/receipts?level=witnessed&limit=1";
    for (int i = 0; get(path).statusCode() != 200; i++) {
      assertTrue(i < 200, "the witnesses are too late");
      Thread.sleep(50);
    }
  }

  private ReceiptVerifier verifier() throws Exception {
    return new ReceiptVerifier(TrustPolicy.parse(Files.readString(config.policy())));
  }
}
