package dev.indelible.claims;

import dev.indelible.local.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks into the database of the service under test, past its policies.
final class Rows {
  private Rows() {}

  /// The number of rows of every table but those that are swept whenever it is time.
  static Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table :
        strings(
            "select tablename from pg_tables where schemaname = 'public'"
                + " and tablename not in ('dpop_proof', 'spent_authentication')")) {
      counts.put(table, Long.valueOf(strings("select count(*) from " + table).getFirst()));
    }
    return counts;
  }

  /// The first column of a query.
  static List<String> strings(String sql) {
    try (Connection connection = TestPostgres.connect("claims");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// Changes something behind the service's back.
  static int update(String sql) throws SQLException {
    try (Connection connection = TestPostgres.connect("claims");
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }
}
