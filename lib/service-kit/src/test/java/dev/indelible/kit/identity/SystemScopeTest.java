package dev.indelible.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemScopeTest {
  @ParameterizedTest
  @CsvSource({
    "system/Claim.r, true",
    "system/Claim.rs, true",
    "system/Claim.cruds, true",
    "system/*.r, true",
    "system/*.rs, true",
    "system/Claim.c, false",
    "system/Claim.sr, false",
    "system/Claim.rr, false",
    "system/Claim., false",
    "system/Claim.read, false",
    "system/Claim.*, false",
    "system/ClaimResponse.r, false",
    "system/claim.r, false",
    "system/Claim.rs?status=active, false",
    "user/Claim.r, false",
    "patient/Claim.r, false",
    "xsystem/Claim.r, false",
    "'', false",
  })
  void isGrantedByItsNameAlone(String granted, boolean expected) {
    assertEquals(expected, new SystemScope("Claim", 'r').isIn(granted));
  }
}
