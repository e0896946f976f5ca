package dev.indelible.anchoring;

/// Where a field of a statement lives: one column of one row.
///
/// @param table table name
/// @param row primary key of the row, as text
/// @param column column name
public record Cell(String table, String row, String column) {}
