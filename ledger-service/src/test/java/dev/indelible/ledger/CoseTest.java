package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.CoseReceipt;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.cose.TransparentStatement;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// COSE receipts and transparent statements as everyone fetches them. The log is its own, so that
/// every leaf of it can be looked at.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    scope = TestResourceScope.RESTRICTED_TO_CLASS,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class CoseTest {
  private static final String ORIGIN = LedgerFiles.ORIGIN + "/claims";

  @Inject LedgerConfig config;

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void everyLeafHasAReceiptUnderEachKeyOfTheLog() throws Exception {
    long last = 0;
    for (int i = 0; i < 5; i++) {
      last = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    }
    List<VerifierKey> keys = policy().logKeys(ORIGIN);
    assertEquals(2, keys.size());
    for (long index = 0; index <= last; index++) {
      Hash leaf = Hash.fromBase64(get(path(index, "receipt")).jsonPath().getString("leafHash"));
      CoseReceipt ed25519 = receipt(index, "");
      CoseReceipt mlDsa44 = receipt(index, "?alg=ml-dsa-44");
      assertTrue(ed25519.includes(leaf, keys.get(0)), "leaf " + index);
      assertTrue(mlDsa44.includes(leaf, keys.get(1)), "leaf " + index);
      assertFalse(ed25519.includes(leaf, keys.get(1)), "leaf " + index);
      assertFalse(ed25519.includes(Hash.EMPTY_TREE, keys.get(0)), "leaf " + index);
      assertArrayEquals(ed25519.bytes(), receipt(index, "?alg=ed25519").bytes());
    }
  }

  private static CoseReceipt receipt(long index, String query) {
    return CoseReceipt.parse(
        get(path(index, "receipt.cose") + query)
            .then()
            .statusCode(200)
            .contentType("application/cose")
            .header("Cache-Control", containsString("immutable"))
            .extract()
            .asByteArray());
  }

  private static String path(long index, String what) {
    return "/v1/logs/claims/entries/" + index + "/" + what;
  }

  @Test
  void aReceiptStaysTheSameWhenTheLogGrows() {
    long index = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    byte[] before = receipt(index, "?alg=ml-dsa-44").bytes();
    byte[] statement = get(path(index, "statement.cose")).asByteArray();
    Entries.append("claims", Entries.random());
    Entries.append("claims", Entries.random());
    assertArrayEquals(before, receipt(index, "?alg=ml-dsa-44").bytes());
    assertArrayEquals(statement, get(path(index, "statement.cose")).asByteArray());
  }

  @Test
  void theTransparentStatementHoldsUnderThePolicy() throws Exception {
    Entry entry = Entries.random();
    long index = Entries.append("claims", entry).jsonPath().getLong("index");
    byte[] bytes =
        get(path(index, "statement.cose"))
            .then()
            .statusCode(200)
            .contentType("application/cose")
            .header("Cache-Control", containsString("immutable"))
            .extract()
            .asByteArray();
    TransparentStatement statement = TransparentStatement.parse(bytes);
    assertEquals(ORIGIN, statement.verify(policy()));
    assertArrayEquals(entry.bytes(), statement.entry().bytes());
    assertEquals(2, statement.receipts().size());
  }

  @Test
  void saysWhatThereIsNot() {
    refused(path(999_999, "receipt.cose"), 404, "not-found");
    refused(path(999_999, "statement.cose"), 404, "not-found");
    refused(path(0, "receipt.cose?alg=rsa"), 400, "bad-request");
    refused("/v1/logs/nothing/entries/0/receipt.cose", 404, "not-found");
  }

  private static void refused(String path, int status, String code) {
    get(path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code));
  }

  /// Blocks of before the migration have none; behind one that has them their absence is a find.
  @Test
  void aBlockWithoutSignaturesHasNoCoseReceipts() throws Exception {
    Entries.append("claims", Entries.random());
    Entries.append("claims", Entries.random());
    Sql sql = new Sql();
    long number = sql.number("SELECT max(number) FROM block WHERE log = 'claims'");
    long leaf = sql.number("SELECT start_ FROM block WHERE log = 'claims' AND number = ?", number);
    String where = " WHERE log = 'claims' AND number = ?";
    Object ed25519 = sql.list("SELECT cose_ed25519 FROM block" + where, number).getFirst();
    Object mlDsa44 = sql.list("SELECT cose_ml_dsa_44 FROM block" + where, number).getFirst();
    String none = "UPDATE block SET cose_ed25519 = NULL, cose_ml_dsa_44 = NULL" + where;
    assertEquals(1, sql.update(none, number));
    try {
      refused(path(leaf, "receipt.cose"), 404, "no-receipt");
      refused(path(leaf, "statement.cose"), 404, "no-receipt");
      get(path(leaf, "receipt.tlog-proof")).then().statusCode(200);
      JsonPath report = Oracle.audit();
      assertEquals("CONTRADICTED", report.getString("verdict"));
      assertEquals(List.of("cose_ed25519"), report.getList("differences.field"));
    } finally {
      String back = "UPDATE block SET cose_ed25519 = ?, cose_ml_dsa_44 = ?" + where;
      sql.update(back, ed25519, mlDsa44, number);
    }
  }

  private TrustPolicy policy() throws Exception {
    return TrustPolicy.parse(Files.readString(config.policy()));
  }
}
