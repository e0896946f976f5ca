package dev.indelible.anchoring;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything that is stored about one statement, as it is.
///
/// @param id the statement
/// @param statement what was committed to
/// @param seed what it can be opened with
/// @param receipt where it is in the log
/// @param refusal why it is not
/// @param waiting that it is still to be sent
public record AnchoredRow(
    UUID id,
    @Nullable StoredStatement statement,
    Seed seed,
    @Nullable StoredReceipt receipt,
    @Nullable StoredRefusal refusal,
    @Nullable StoredWaiting waiting) {
  /// Whether anything says what became, or is to become, of the statement.
  public boolean isAccountedFor() {
    return receipt != null || refusal != null || waiting != null;
  }
}
