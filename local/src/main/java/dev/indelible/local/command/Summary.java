package dev.indelible.local.command;

import dev.indelible.local.Stack;

/// What one needs to know once everything runs: where, as whom, and what next.
///
/// @param base the number from which the ports count
record Summary(Stack stack, int base) {

  void print(Screen screen) {
    String ledger = stack.ledger().url();
    screen.result("");
    screen.result(
        " Ledger      " + ledger + "          checkpoints, proofs, " + ledger + "/verify");
    screen.result(" Claims      " + stack.claims().getFirst().url());
    screen.result(" Trials      " + stack.trials().getFirst().url());
    screen.result(" Keycloak    " + stack.keycloak().url());
    screen.result(" Policy      " + stack.policy());
    screen.result(" Sign in as  alder | birch | alder-adjudicator | birch-adjudicator | sponsor |");
    screen.result("             regulator | auditor | ana | operator          password: demo");
    screen.result(" Token       ./indelible token alder");
    screen.result(" Stop        ./indelible down          Again  ./indelible status");
    screen.result(" Next        ./indelible demo          (5 minutes, four attacks)");
  }
}
