package dev.indelible.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.local.testing.RowSecurity;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the login as which the ledger serves may do to a log.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
@Tag("asvs-5.0/13.2.2")
class LoginTest {
  private final RowSecurity database = new RowSecurity("ledger");

  @Test
  void nothingMayBeDoneThatTheServiceDoesNotDo() {
    assertEquals(
        List.of(
            "audit_progress: UPDATE at",
            "audit_progress: UPDATE block",
            "barrier: UPDATE passed",
            "block: UPDATE witnessed_note",
            "dpop_proof: DELETE",
            "lease: UPDATE epoch",
            "lease: UPDATE holder",
            "lease: UPDATE until",
            "lease: UPDATE url",
            "log_head: UPDATE epoch",
            "log_head: UPDATE frontier",
            "log_head: UPDATE frozen",
            "log_head: UPDATE rekeyed",
            "log_head: UPDATE root",
            "log_head: UPDATE size",
            "match_token: DELETE",
            "spent_authentication: DELETE",
            "tile: UPDATE hashes",
            "token_seal: UPDATE digest",
            "token_seal: UPDATE signature"),
        database.privileges());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set role ledger",
        "update entry set bytes = ''",
        "delete from entry",
        "truncate entry",
        "delete from block",
        "update block set note = ''",
        "delete from log_head",
        "alter table entry disable trigger all",
        "create table mine (x text)",
        "select * from flyway_schema_history"
      })
  void aLogCannotBeRewritten(String command) {
    assertEquals(Optional.of(RowSecurity.FORBIDDEN), database.refusal("nobody", command), command);
  }
}
