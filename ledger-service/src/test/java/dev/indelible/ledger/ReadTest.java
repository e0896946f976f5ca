package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.TestPostgres;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.SignedNote;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class ReadTest {
  /// More than a tile, so that level 1 exists and tiles are full as well as partial.
  private static final int LEAVES = 300;

  @BeforeEach
  void fill() throws Exception {
    for (int i = 0; get("/logs/trials/checkpoint").statusCode() != 200; i++) {
      assertTrue(i < 100, "the log does not begin");
      Thread.sleep(50);
    }
    long missing = LEAVES - size();
    try (var threads = Executors.newFixedThreadPool(16)) {
      Callable<Integer> one = () -> Entries.append("trials", Entries.random()).statusCode();
      List<Callable<Integer>> all = new ArrayList<>();
      for (long i = 0; i < missing; i++) {
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

  private static long size() {
    return Checkpoint.parse(note().text()).head().size();
  }

  private static SignedNote note() {
    return SignedNote.parse(get("/logs/trials/checkpoint").asString());
  }

  @Test
  void servesBundlesAndTilesOfEveryWidthAndNothingBeyond() {
    List<byte[]> entries = new ArrayList<>(EntryBundle.decode(tile("entries/000")));
    entries.addAll(EntryBundle.decode(tile("entries/001.p/" + (size() - 256))));
    assertEquals(size(), entries.size());
    List<Hash> leaves = entries.stream().map(Hash::leaf).toList();
    assertEquals(Checkpoint.parse(note().text()).head().root(), TreeHash.of(leaves));

    byte[] full = tile("0/000");
    assertArrayEquals(bytes(leaves.subList(0, 256)), full);
    for (int width = 1; width < 256; width += 17) {
      assertArrayEquals(Arrays.copyOf(full, width * 32), tile("0/000.p/" + width));
    }
    for (int width = 1; width <= size() - 256; width++) {
      assertArrayEquals(bytes(leaves.subList(256, 256 + width)), tile("0/001.p/" + width));
    }
    assertArrayEquals(TreeHash.of(leaves.subList(0, 256)).bytes(), tile("1/000.p/1"));
    for (String path :
        List.of(
            "0/001.p/" + (size() - 255),
            "0/001",
            "1/000",
            "1/000.p/2",
            "2/000.p/1",
            "0/002",
            "entries/001",
            "0/000.p/256",
            "0/000.p/0",
            "0/0",
            "63/000",
            "entries/x999/999")) {
      get("/logs/trials/tile/" + path).then().statusCode(404);
    }
  }

  private static byte[] tile(String path) {
    return get("/logs/trials/tile/" + path).then().statusCode(200).extract().asByteArray();
  }

  private static byte[] bytes(List<Hash> hashes) {
    byte[] all = new byte[hashes.size() * 32];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(all, i * 32);
    }
    return all;
  }

  @Test
  void tilesMayBeKeptForEver() {
    String tag =
        given()
            .get("/logs/trials/tile/0/000")
            .then()
            .header("Cache-Control", containsString("immutable"))
            .header("Cache-Control", containsString("max-age=31536000"))
            .contentType("application/octet-stream")
            .extract()
            .header("ETag");
    given().header("If-None-Match", tag).get("/logs/trials/tile/0/000").then().statusCode(304);
    get("/logs/trials/checkpoint").then().contentType("text/plain;charset=utf-8");
  }

  /// Somebody has the head's lock, so the writer stands still and its lease runs out.
  @Test
  void readsNeedNothingThatTheWriterWaitsFor() throws Exception {
    long size = size();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection foreign = TestPostgres.connect("ledger")) {
      foreign.setAutoCommit(false);
      try (Statement lock = foreign.createStatement()) {
        lock.execute("SELECT 1 FROM log_head WHERE log = 'trials' FOR UPDATE");
      }
      Future<Integer> append =
          threads.submit(() -> Entries.append("trials", Entries.random()).statusCode());
      awaitLock();
      for (String path :
          List.of(
              "/logs/trials/checkpoint",
              "/logs/trials/tile/0/000",
              "/logs/trials/tile/0/001.p/" + (size - 256),
              "/logs/trials/tile/entries/000",
              "/logs/trials/tile/1/000.p/1",
              "/v1/logs/trials/entries/" + (size - 1) + "/receipt",
              "/v1/logs/trials/entries/0/receipt.tlog-proof",
              "/v1/logs/trials/blocks?limit=7",
              "/v1/logs/trials/blocks/0/receipts",
              "/v1/logs/trials/proofs/consistency?from=1&to=" + size,
              "/v1/logs/trials/proofs/inclusion?index=0&size=" + size)) {
        Future<Integer> read = threads.submit(() -> get(path).statusCode());
        assertEquals(200, read.get(30, TimeUnit.SECONDS), path);
      }
      assertEquals(size, size());
      assertFalse(append.isDone(), "it was appended under a foreign lock");
      foreign.rollback();
      assertEquals(201, append.get());
    }
    assertEquals(size + 1, size());
  }

  private static void awaitLock() throws Exception {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND datname = current_database() AND query LIKE '%log_head%'";
    for (int i = 0; new Sql().number(waiting) == 0; i++) {
      assertTrue(i < 500, "nobody waits for the head");
      Thread.sleep(20);
    }
  }

  @Test
  void everyProofServedVerifies() {
    List<Hash> leaves = new ArrayList<>();
    EntryBundle.decode(tile("entries/000.p/20")).forEach(entry -> leaves.add(Hash.leaf(entry)));
    for (int size = 1; size <= leaves.size(); size++) {
      TreeHead head = head(leaves, size);
      for (int index = 0; index < size; index++) {
        List<Hash> path = path("inclusion?index=%d&size=%d".formatted(index, size));
        assertTrue(new InclusionProof(index, size, path).verify(leaves.get(index), head));
      }
      for (int from = 0; from <= size; from++) {
        List<Hash> path = path("consistency?from=%d&to=%d".formatted(from, size));
        assertTrue(new ConsistencyProof(from, size, path).verify(head(leaves, from), head));
      }
    }
  }

  private static TreeHead head(List<Hash> leaves, int size) {
    return new TreeHead(size, TreeHash.of(leaves.subList(0, size)));
  }

  private static List<Hash> path(String query) {
    return get("/v1/logs/trials/proofs/" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("path", String.class)
        .stream()
        .map(Hash::fromBase64)
        .toList();
  }

  @Test
  void refusesProofsThatNoTreeHas() {
    for (String query :
        List.of("inclusion?index=5&size=5", "inclusion?index=-1&size=5", "inclusion")) {
      get("/v1/logs/trials/proofs/" + query).then().statusCode(400);
    }
    get("/v1/logs/trials/proofs/consistency?from=6&to=5").then().statusCode(400);
    get("/v1/logs/trials/proofs/consistency?from=5&to=99999").then().statusCode(404);
    get("/v1/logs/trials/proofs/inclusion?index=5&size=99999").then().statusCode(404);
    get("/v1/logs/trials/entries/99999/receipt").then().statusCode(404);
  }

  @Test
  void blocksFollowEachOtherWithoutAGap() {
    String next = "/v1/logs/trials/blocks?limit=7";
    long number = 0;
    long end = 0;
    while (next != null) {
      JsonPath page = get(next).then().statusCode(200).extract().jsonPath();
      for (int i = 0; i < page.getInt("blocks.size()"); i++) {
        String at = "blocks[" + i + "].";
        assertEquals(number++, page.getLong(at + "number"));
        assertEquals(end, page.getLong(at + "start"));
        end = page.getLong(at + "end");
        String text = SignedNote.parse(page.getString(at + "checkpoint")).text();
        assertEquals(end, Checkpoint.parse(text).head().size());
        assertEquals(page.getString(at + "root"), Checkpoint.parse(text).head().root().toBase64());
      }
      next = page.getString("next");
    }
    assertEquals(size(), end);
    get("/v1/logs/trials/blocks/0").then().body("previous", nullValue());
    get("/v1/logs/trials/blocks/1").then().body("previous", equalTo("/v1/logs/trials/blocks/0"));
    get("/v1/logs/trials/blocks/" + number).then().statusCode(404);
  }
}
