package dev.indelible.local.testing;

import dev.indelible.local.Stack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A service's database in the hands of somebody with the superuser's password.
public record Database(Stack stack, String name) {

  public static Database of(Stack stack, String name) {
    return new Database(stack, name);
  }

  public int execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public Connection connect() throws SQLException {
    return stack.postgres().databases().connect(name);
  }

  /// The first column of all rows, as text.
  public List<String> texts(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public long number(String sql) {
    return Long.parseLong(texts(sql).getFirst());
  }
}
