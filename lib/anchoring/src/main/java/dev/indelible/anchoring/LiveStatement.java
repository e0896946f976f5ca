package dev.indelible.anchoring;

import java.util.UUID;

/// A statement as the live columns say it today.
///
/// @param statementId primary key of the row that the statement is about
/// @param table that row's table
/// @param row that primary key as text
/// @param organisation alias of the organisation
/// @param record random id shared by all versions of the record
/// @param statement the fact
public record LiveStatement(
    UUID statementId,
    String table,
    String row,
    String organisation,
    UUID record,
    TracedStatement statement) {}
