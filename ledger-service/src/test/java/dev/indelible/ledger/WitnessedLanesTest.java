package dev.indelible.ledger;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.RealWitnesses;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.Cosignature;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.policy.TrustPolicy.Witness;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every way in, up to the highest level, with witnesses as others run them: two with Ed25519 keys,
/// one with an ML-DSA-44 key, any two of them a quorum.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "real"))
@WithTestResource(TestTokens.class)
class WitnessedLanesTest {
  private static final String WITNESSED = "wait=20;level=witnessed";

  @Inject LedgerConfig config;

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void aSingleEntryIsAnsweredWhenItIsWitnessed() throws Exception {
    Entry entry = Entries.random();
    Response answer = Entries.appendPreferring(WITNESSED, "claims", entry);
    answer.then().statusCode(201).body("level", equalTo("witnessed"));
    requireWitnessed(entry.leafHash(), answer.jsonPath().getString("proof"));
    Response again = Entries.appendPreferring(WITNESSED, "claims", entry);
    assertEquals(200, again.statusCode());
    assertEquals(answer.asString(), again.asString());
    Entry minimal = Entries.random();
    Entries.appendPreferring(WITNESSED + ", return=minimal", "claims", minimal)
        .then()
        .statusCode(201)
        .header("Preference-Applied", "return=minimal")
        .body("level", equalTo("witnessed"))
        .body("leafHash", equalTo(minimal.leafHash().toBase64()));
  }

  @Test
  void aBatchIsAnsweredWhenAllOfItIsWitnessed() throws Exception {
    Response answer = Entries.appendBatch(WITNESSED, "claims", Entries.drafts(20));
    answer.then().statusCode(200).body("level", equalTo("witnessed"));
    JsonPath json = answer.jsonPath();
    for (int i = 0; i < 20; i++) {
      Hash leaf = Hash.fromBase64(json.getString("results[" + i + "].leafHash"));
      String receipt = receipt(json.getLong("results[" + i + "].index"));
      get(receipt).then().body("level", equalTo("witnessed"));
      requireWitnessed(leaf, get(receipt + ".tlog-proof").asString());
    }
  }

  @Test
  void theCosignatureOfAnMlDsaWitnessMakesTheQuorum() throws Exception {
    RealWitnesses.stop(0);
    try {
      Entry entry = Entries.random();
      Response answer = Entries.appendPreferring(WITNESSED, "trials", entry);
      answer.then().statusCode(201).body("level", equalTo("witnessed"));
      TlogProof proof = TlogProof.parse(answer.jsonPath().getString("proof"));
      Witness postQuantum = policy().witnesses().get(RealWitnesses.ML_DSA_44);
      assertEquals(KeyType.ML_DSA_44_COSIGNATURE, postQuantum.key().type());
      OpenedCheckpoint opened = policy().open(proof.checkpoint());
      assertTrue(opened.witnessed());
      assertEquals(Set.of("w1", "w2"), names(opened));
      // Without it there is no quorum.
      List<NoteSignature> others =
          proof.checkpoint().signatures().stream()
              .filter(line -> !postQuantum.key().claims(line))
              .toList();
      assertEquals(proof.checkpoint().signatures().size() - 1, others.size());
      OpenedCheckpoint less = policy().open(new SignedNote(proof.checkpoint().text(), others));
      assertFalse(less.witnessed());
      assertEquals(Set.of("w1"), names(less));
    } finally {
      RealWitnesses.start(0);
    }
  }

  @Test
  void whatIsNotReachedInTimeIsAcceptedAndSaysWhereItWillBe() throws Exception {
    Entry entry = Entries.random();
    long index;
    RealWitnesses.stop(0);
    RealWitnesses.stop(1);
    try {
      index = accepted(Entries.appendPreferring("wait=1;level=witnessed", "claims", entry));
      get(receipt(index)).then().statusCode(200).body("level", equalTo("included"));
    } finally {
      RealWitnesses.start(0);
      RealWitnesses.start(1);
    }
    Response witnessed = Entries.appendPreferring(WITNESSED, "claims", entry);
    witnessed.then().statusCode(200).body("level", equalTo("witnessed"));
    assertEquals(index, witnessed.jsonPath().getLong("index"));
    requireWitnessed(entry.leafHash(), get(receipt(index)).jsonPath().getString("proof"));

    Entry sequenced = Entries.random();
    long other = accepted(Entries.appendPreferring("respond-async", "claims", sequenced));
    Response included = Entries.append("claims", sequenced);
    included.then().statusCode(200).body("level", equalTo("included"));
    assertEquals(other, included.jsonPath().getLong("index"));
  }

  /// The answer 202 as JSON.
  private static long accepted(Response answer) {
    JsonPath json = answer.jsonPath();
    long index = json.getLong("index");
    answer
        .then()
        .statusCode(202)
        .contentType("application/json")
        .header("Location", org.hamcrest.Matchers.endsWith(receipt(index)))
        .header("Retry-After", "1")
        .body("log", equalTo("claims"))
        .body("level", equalTo("sequenced"))
        .body("receipt", equalTo(receipt(index)));
    assertEquals(Set.of("log", "index", "level", "receipt"), json.getMap("").keySet());
    return index;
  }

  private static String receipt(long index) {
    return "/v1/logs/claims/entries/" + index + "/receipt";
  }

  private void requireWitnessed(Hash leaf, String proof) throws Exception {
    assertTrue(new ReceiptVerifier(policy()).verify(leaf, TlogProof.parse(proof)).witnessed());
  }

  private static Set<String> names(OpenedCheckpoint opened) {
    return opened.cosignatures().stream().map(Cosignature::witness).collect(Collectors.toSet());
  }

  private TrustPolicy policy() throws Exception {
    return TrustPolicy.parse(Files.readString(config.policy()));
  }
}
