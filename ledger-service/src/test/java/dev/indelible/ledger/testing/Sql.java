package dev.indelible.ledger.testing;

import dev.indelible.local.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a database administrator could type.
public final class Sql {
  public int update(String sql, Object... values) throws SQLException {
    try (Connection connection = TestPostgres.connect("ledger");
        PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /// The first column of all rows.
  public List<Object> list(String sql, Object... values) throws SQLException {
    try (Connection connection = TestPostgres.connect("ledger");
        PreparedStatement statement = prepare(connection, sql, values)) {
      ResultSet rows = statement.executeQuery();
      List<Object> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getObject(1));
      }
      return all;
    }
  }

  public long number(String sql, Object... values) throws SQLException {
    return ((Number) list(sql, values).getFirst()).longValue();
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
