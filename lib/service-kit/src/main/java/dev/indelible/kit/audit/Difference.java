package dev.indelible.kit.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One thing that is not as it was anchored.
///
/// @param table the table, or the log
/// @param row primary key of the row, or the leaf index
/// @param field the column, when one column differs and not the row as a whole
/// @param pointer the statement's field that the column is anchored as
/// @param block the block that sealed the entry
/// @param index leaf index of the entry
/// @param message what differs, in words; never a value, which may be personal
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(
    String table,
    String row,
    @Nullable String field,
    @Nullable String pointer,
    @Nullable Long block,
    @Nullable Long index,
    String message) {}
