package dev.indelible.kit.audit;

/// How much an audit compared.
///
/// @param statements statements that were rebuilt
/// @param rows rows of anchored tables
/// @param entries entries of the log
public record Checked(long statements, long rows, long entries) {}
