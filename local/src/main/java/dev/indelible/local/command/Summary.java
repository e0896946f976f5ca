package dev.indelible.local.command;

import dev.indelible.local.Stack;

/// What one needs to know once everything runs: where, as whom, and what next.
record Summary(Stack stack) {

  void print(Screen screen) {
    String ledger = stack.ledger().url();
    String claims = stack.claims().getFirst().url();
    screen.result("");
    screen.result(" Ledger      " + ledger + "      verify: " + ledger + "/verify");
    screen.result(" Claims      " + claims + "/v1/claims      FHIR: " + claims + "/fhir/Claim");
    screen.result(" Trials      " + stack.trials().getFirst().url() + "/v1/protocols");
    screen.result(" Keycloak    " + stack.keycloak().url());
    screen.result(" Policy      " + stack.policy());
    screen.result(" Sign in as  alder | birch | alder-adjudicator | birch-adjudicator |");
    screen.result("             alder-privacy | birch-privacy | sponsor | dogwood | regulator |");
    screen.result("             auditor | ana | operator                    password: demo");
    screen.result(" Token       ./indelible token alder");
    screen.result(" Stop        ./indelible down          Again  ./indelible status");
    screen.result(" Next        ./indelible demo          (5 minutes, four attacks)");
  }
}
