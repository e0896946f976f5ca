package dev.indelible.trials.statement;

import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.transparency.canonical.JsonReader;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts the columns of one row into a statement. The field's name is the column's, in camel case,
/// so that a difference found later reads the same in both worlds.
public final class RowFields {
  private final TracedStatement.Builder statement;
  private final String prefix;
  private final String table;
  private final String row;

  private RowFields(TracedStatement.Builder statement, String prefix, String table, UUID row) {
    this.statement = statement;
    this.prefix = prefix;
    this.table = table;
    this.row = row.toString();
  }

  /// The fields of the row that the statement is about.
  public static RowFields of(TracedStatement.Builder statement, String table, UUID row) {
    return new RowFields(statement, "", table, row);
  }

  /// The fields of a part of it.
  ///
  /// @param prefix JSON Pointer of the part, such as `/outcomes/0`
  public static RowFields part(
      TracedStatement.Builder statement, String prefix, String table, UUID row) {
    return new RowFields(statement, prefix, table, row);
  }

  /// Adds a text column.
  public RowFields put(String column, @Nullable String text) {
    statement.put(pointer(column), cell(column), text);
    return this;
  }

  /// Adds an identifier column.
  public RowFields put(String column, @Nullable UUID id) {
    statement.put(pointer(column), cell(column), id);
    return this;
  }

  /// Adds an integer column. What somebody wrote there later may be beyond the integers of JSON; it
  /// still has to become a statement, if only to be found different.
  public RowFields put(String column, @Nullable Long number) {
    if (number == null || isSafe(number)) {
      statement.put(pointer(column), cell(column), number);
    } else {
      statement.put(pointer(column), cell(column), number.toString());
    }
    return this;
  }

  private static boolean isSafe(long number) {
    return -JsonReader.MAX_SAFE_INTEGER <= number && number <= JsonReader.MAX_SAFE_INTEGER;
  }

  private Cell cell(String column) {
    return new Cell(table, row, column);
  }

  private String pointer(String column) {
    StringBuilder name = new StringBuilder(prefix).append('/');
    boolean upper = false;
    for (char c : column.toCharArray()) {
      if (c != '_') {
        name.append(upper ? Character.toUpperCase(c) : c);
      }
      upper = c == '_';
    }
    return name.toString();
  }
}
