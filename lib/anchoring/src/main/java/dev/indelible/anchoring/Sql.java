package dev.indelible.anchoring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Plain SQL on the connection of the transaction at hand.
///
/// @param dataSource where connections come from
public record Sql(DataSource dataSource) {
  private static final int PAGE = 500;

  /// Reads one row into a value.
  @FunctionalInterface
  public interface RowReader<T> {
    /// Reads it.
    T read(ResultSet row) throws SQLException;
  }

  /// The database refused or did not answer.
  public static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(SQLException cause) {
      super(cause);
    }
  }

  /// Changes rows, and says how many.
  public int update(String statement, @Nullable Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement prepared = connection.prepareStatement(statement)) {
      bind(prepared, parameters);
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw new Failure(e);
    }
  }

  /// Changes exactly one row.
  ///
  /// @throws IllegalStateException when it were none or many; the transaction must not commit then
  public void one(String statement, @Nullable Object... parameters) {
    int rows = update(statement, parameters);
    if (rows != 1) {
      throw new IllegalStateException(rows + " rows instead of one changed by: " + statement);
    }
  }

  /// Reads all rows.
  public <T> List<T> list(RowReader<T> reader, String query, @Nullable Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement prepared = connection.prepareStatement(query)) {
      bind(prepared, parameters);
      List<T> rows = new ArrayList<>();
      try (ResultSet results = prepared.executeQuery()) {
        while (results.next()) {
          rows.add(reader.read(results));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new Failure(e);
    }
  }

  /// Reads rows one after the other, however many they are: `PAGE` of them are in memory at once.
  /// Whoever takes a row may ask the database other things meanwhile.
  public <T> void each(RowReader<T> reader, Consumer<T> row, String query) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement prepared = connection.prepareStatement(query)) {
      prepared.setFetchSize(PAGE);
      try (ResultSet results = prepared.executeQuery()) {
        while (results.next()) {
          row.accept(reader.read(results));
        }
      }
    } catch (SQLException e) {
      throw new Failure(e);
    }
  }

  /// Reads rows in the order of a key as they are asked for, however many they are: a page of them
  /// is in memory at once.
  ///
  /// @param select without conditions
  /// @param key the column of type `uuid` that tells rows apart
  /// @param keyOf its value
  public <T> Stream<T> paged(
      RowReader<T> reader, String select, String key, Function<T, UUID> keyOf) {
    String end = " order by " + key + " limit " + PAGE;
    String next = select + " where " + key + " > ?" + end;
    // Begins with no page at all: a stream keeps what it began with.
    return Stream.iterate(
            new Page<T>(List.of(), true),
            page -> page.isStart() || !page.rows().isEmpty(),
            page ->
                page.isStart()
                    ? new Page<>(list(reader, select + end), false)
                    : page.rows().size() < PAGE
                        ? new Page<T>(List.of(), false)
                        : new Page<>(list(reader, next, keyOf.apply(page.rows().getLast())), false))
        .flatMap(page -> page.rows().stream());
  }

  private record Page<T>(List<T> rows, boolean isStart) {}

  /// Reads the first row, if there is one.
  public <T> Optional<T> find(RowReader<T> reader, String query, @Nullable Object... parameters) {
    return list(reader, query, parameters).stream().findFirst();
  }

  private static void bind(PreparedStatement prepared, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof String[] texts) {
        prepared.setArray(i + 1, prepared.getConnection().createArrayOf("text", texts));
      } else if (parameters[i] instanceof UUID[] ids) {
        prepared.setArray(i + 1, prepared.getConnection().createArrayOf("uuid", ids));
      } else if (parameters[i] instanceof byte[][] values) {
        prepared.setArray(i + 1, prepared.getConnection().createArrayOf("bytea", values));
      } else if (parameters[i] instanceof Long[] numbers) {
        prepared.setArray(i + 1, prepared.getConnection().createArrayOf("bigint", numbers));
      } else {
        prepared.setObject(i + 1, parameters[i]);
      }
    }
  }
}
