package dev.indelible.anchoring;

import java.util.List;
import java.util.UUID;

/// What is to be anchored.
///
/// @param statementId primary key of the row that the statement is about
/// @param record random id shared by all versions of the record; the entry's subject
/// @param organisation alias of the organisation that makes the statement; the entry's issuer
/// @param statement the fact
/// @param tokens by which duplicates are found
public record AnchorRequest(
    UUID statementId,
    UUID record,
    String organisation,
    TracedStatement statement,
    List<MatchToken> tokens) {
  public AnchorRequest {
    tokens = List.copyOf(tokens);
  }
}
