package dev.indelible.anchoring;

import java.util.List;
import java.util.UUID;

/// What is to be anchored.
///
/// @param statementId primary key of the row that the statement is about
/// @param record random id shared by all versions of the record; the entry's subject
/// @param key id of the data key under which the seed is encrypted
/// @param organisation alias of the organisation that makes the statement; the entry's issuer
/// @param statement the fact
/// @param tokens by which duplicates are found
public record AnchorRequest(
    UUID statementId,
    UUID record,
    UUID key,
    String organisation,
    TracedStatement statement,
    List<MatchToken> tokens) {
  public AnchorRequest {
    tokens = List.copyOf(tokens);
  }

  /// A statement that is a part of its record, and is erased with it.
  public AnchorRequest(
      UUID statementId,
      UUID record,
      String organisation,
      TracedStatement statement,
      List<MatchToken> tokens) {
    this(statementId, record, record, organisation, statement, tokens);
  }

  /// The same of a statement that is about its record, and outlives it: it has a key of its own.
  public AnchorRequest outlivingRecord() {
    return new AnchorRequest(statementId, record, statementId, organisation, statement, tokens);
  }
}
