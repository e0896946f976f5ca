package dev.indelible.anchoring;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonBoolean;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.Json.Scalar;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.statement.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A statement that knows the cell of every field, so that a difference found later has a table, a
/// row and a column. One function of a service builds it, both when the record is submitted and
/// when the audit rebuilds it from the live columns.
public final class TracedStatement {
  /// The field that says what kind of fact, and which version of its format, a statement is.
  public static final String TYPE = "/type";

  private final Statement statement;
  private final Map<String, Cell> cells;

  private TracedStatement(Statement statement, Map<String, Cell> cells) {
    this.statement = statement;
    this.cells = Collections.unmodifiableMap(new HashMap<>(cells));
  }

  /// A statement to be filled field by field.
  ///
  /// @param type value of [#TYPE], such as `claim.submitted/v1`
  public static Builder builder(String type) {
    return new Builder(type);
  }

  /// A statement whose kind of fact is said by a column, and differs when that column is edited.
  public static Builder builder(String type, Cell cell) {
    Builder builder = new Builder(type);
    builder.cells.put(TYPE, cell);
    return builder;
  }

  /// The statement.
  public Statement statement() {
    return statement;
  }

  /// Where the field lives. Known for columns without a value too; unknown for a [#TYPE] that lives
  /// in the code.
  public Optional<Cell> cell(String pointer) {
    return Optional.ofNullable(cells.get(pointer));
  }

  /// All cells by pointer, those without a value included.
  public Map<String, Cell> cells() {
    return cells;
  }

  /// Collects fields. A column without a value leaves no field, but its cell is remembered: when a
  /// value appears there later, it is that cell that was changed.
  public static final class Builder {
    private final Statement.Builder statement = Statement.builder();
    private final Map<String, Cell> cells = new HashMap<>();

    private Builder(String type) {
      statement.put(TYPE, type);
    }

    /// Adds a text column.
    public Builder put(String pointer, Cell cell, @Nullable String text) {
      return field(pointer, cell, text == null ? null : new JsonString(text));
    }

    /// Adds an integer column. Beyond ±(2^53 − 1), where JSON readers lose digits, it is text: an
    /// edit must not be able to make the statement impossible to rebuild.
    public Builder put(String pointer, Cell cell, long number) {
      boolean safe = Math.abs(number) <= JsonReader.MAX_SAFE_INTEGER && number != Long.MIN_VALUE;
      return field(
          pointer, cell, safe ? Json.number(number) : new JsonString(Long.toString(number)));
    }

    /// Adds an integer column that may have no value.
    public Builder put(String pointer, Cell cell, @Nullable Long number) {
      return number == null ? field(pointer, cell, null) : put(pointer, cell, number.longValue());
    }

    /// Adds an integer column that may have no value.
    public Builder put(String pointer, Cell cell, @Nullable Integer number) {
      return number == null ? field(pointer, cell, null) : put(pointer, cell, number.longValue());
    }

    /// Adds a truth value.
    public Builder put(String pointer, Cell cell, boolean value) {
      return field(pointer, cell, new JsonBoolean(value));
    }

    /// Adds a truth value that may be unknown.
    public Builder put(String pointer, Cell cell, @Nullable Boolean value) {
      return field(pointer, cell, value == null ? null : new JsonBoolean(value));
    }

    /// Adds a day.
    public Builder put(String pointer, Cell cell, @Nullable LocalDate day) {
      return put(pointer, cell, day == null ? null : day.toString());
    }

    /// Adds an identifier.
    public Builder put(String pointer, Cell cell, @Nullable UUID id) {
      return put(pointer, cell, id == null ? null : id.toString());
    }

    /// Adds a moment, as RFC 3339 in UTC.
    ///
    /// @throws IllegalArgumentException when it is finer than a microsecond, which PostgreSQL would
    ///   round, so that the statement could never be rebuilt
    public Builder put(String pointer, Cell cell, @Nullable Instant moment) {
      if (moment != null && !moment.equals(moment.truncatedTo(ChronoUnit.MICROS))) {
        throw new IllegalArgumentException(pointer + ": truncate the moment to microseconds");
      }
      return put(pointer, cell, moment == null ? null : moment.toString());
    }

    private Builder field(String pointer, Cell cell, @Nullable Scalar value) {
      if (cells.putIfAbsent(pointer, cell) != null) {
        throw new IllegalArgumentException(pointer + " is given twice");
      }
      if (value != null) {
        statement.put(pointer, value);
      }
      return this;
    }

    /// The statement.
    public TracedStatement build() {
      return new TracedStatement(statement.build(), cells);
    }
  }
}
