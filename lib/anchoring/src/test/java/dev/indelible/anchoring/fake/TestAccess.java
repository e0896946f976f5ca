package dev.indelible.anchoring.fake;

import dev.indelible.anchoring.LedgerAccess;
import jakarta.enterprise.context.ApplicationScoped;

/// The fake ledger asks nobody who he is.
@ApplicationScoped
class TestAccess implements LedgerAccess {
  @Override
  public String bearer() {
    return "token";
  }

  @Override
  public void refused() {}
}
