package dev.indelible.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.local.testing.RowSecurity;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the service's own login may do in its database, whoever's rows they are.
@QuarkusTest
@ServiceUnderTest.Surroundings
@Tag("asvs-5.0/13.2.2")
class LoginTest {
  private final RowSecurity database = new RowSecurity("claims");

  @Test
  void nothingMayBeDoneThatTheServiceDoesNotDo() {
    assertEquals(
        List.of(
            "access_sealing: UPDATE seal",
            "access_sealing: UPDATE statement_id",
            "anchored_statement: UPDATE cells",
            "anchored_statement: UPDATE commitments",
            "anchored_statement: UPDATE pointers",
            "anchored_statement: UPDATE seed",
            "break_glass: DELETE",
            "break_glass_review: DELETE",
            "claim: DELETE",
            "claim_diagnosis: DELETE",
            "claim_line: DELETE",
            "consent_decision: DELETE",
            "decision: DELETE",
            "decision_line: DELETE",
            "dpop_proof: DELETE",
            "erasure: UPDATE finished",
            "erasure: UPDATE last_error",
            "erasure: UPDATE not_before",
            "erasure: UPDATE seal",
            "erasure: UPDATE statements",
            "exact_key: DELETE",
            "idempotency: DELETE",
            "match_alert: DELETE",
            "member_invitation: DELETE",
            "outbox: DELETE",
            "outbox: UPDATE attempts",
            "outbox: UPDATE held",
            "outbox: UPDATE last_error",
            "outbox: UPDATE not_before",
            "outbox: UPDATE seal",
            "outbox: UPDATE tokens",
            "receipt: UPDATE level",
            "receipt: UPDATE proof",
            "receipt: UPDATE seal",
            "record_key: DELETE",
            "record_key: UPDATE kek",
            "record_key: UPDATE wrapped",
            "redemption_attempt: DELETE",
            "redemption_attempt: UPDATE attempts",
            "spent_authentication: DELETE"),
        database.privileges());
  }

  @Test
  void theLoginCannotHelpItself() {
    assertEquals(List.of(), database.waysOut("claim"));
  }
}
