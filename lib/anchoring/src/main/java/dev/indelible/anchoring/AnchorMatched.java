package dev.indelible.anchoring;

import java.util.List;
import java.util.UUID;

/// CDI event: an entry is in the log and has equals there. Fired in the transaction that stores the
/// receipt, so what observers write is stored with it or not at all.
///
/// @param statementId the new statement
/// @param matches the earlier entries
public record AnchorMatched(UUID statementId, List<Match> matches) {
  public AnchorMatched {
    matches = List.copyOf(matches);
  }
}
