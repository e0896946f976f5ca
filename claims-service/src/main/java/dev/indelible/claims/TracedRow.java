package dev.indelible.claims;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.TracedStatement;
import dev.indelible.transparency.canonical.JsonReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row on its way into a statement: every column becomes the field of the same name, in camel
/// case. Built from submitted and from freshly loaded rows alike, so it takes whatever somebody
/// with the database password may have put into a cell.
public final class TracedRow {
  private record Column(String name, @Nullable Object value) {}

  private final String table;
  private final String key;
  private final List<Column> columns = new ArrayList<>();

  private TracedRow(String table, String key) {
    this.table = table;
    this.key = key;
  }

  /// A row whose primary key is the column `id`.
  public static TracedRow of(String table, UUID id) {
    return new TracedRow(table, id.toString()).column("id", id);
  }

  /// Adds a column: text, bytes, an integer, a truth value or an id.
  public TracedRow column(String name, @Nullable Object value) {
    columns.add(new Column(name, value));
    return this;
  }

  /// Puts every column into the statement below `prefix`.
  public void into(TracedStatement.Builder statement, String prefix) {
    for (Column column : columns) {
      var ignored = put(statement, prefix + "/" + camelCase(column.name()), column);
    }
  }

  private TracedStatement.Builder put(
      TracedStatement.Builder statement, String pointer, Column column) {
    Cell cell = new Cell(table, key, column.name());
    return switch (column.value()) {
      case null -> statement.put(pointer, cell, (String) null);
      case Long number when !isSafe(number) -> statement.put(pointer, cell, number.toString());
      case Long number -> statement.put(pointer, cell, number);
      case Integer number -> statement.put(pointer, cell, number);
      case Boolean truth -> statement.put(pointer, cell, truth);
      case UUID id -> statement.put(pointer, cell, id);
      case Bytes bytes -> statement.put(pointer, cell, HexFormat.of().formatHex(bytes.toArray()));
      case String text -> statement.put(pointer, cell, text);
      default -> throw new IllegalArgumentException(column.name() + ": no column of ours");
    };
  }

  /// Never submitted, but an edited cell may hold it, and has to differ rather than fail.
  private static boolean isSafe(long number) {
    return number >= -JsonReader.MAX_SAFE_INTEGER && number <= JsonReader.MAX_SAFE_INTEGER;
  }

  static String camelCase(String column) {
    StringBuilder out = new StringBuilder();
    for (String word : column.split("_", -1)) {
      out.append(out.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return out.toString();
  }
}
