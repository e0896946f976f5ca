package dev.indelible.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// The databases of a running PostgreSQL server, seen by its superuser.
///
/// @param password the superuser's
public record Databases(int port, String password) {

  static final String SUPERUSER = "postgres";

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  /// A connection as the superuser.
  public Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", SUPERUSER);
    login.setProperty("password", password);
    login.setProperty("connectTimeout", "2");
    return DriverManager.getConnection(jdbcUrl(database), login);
  }

  /// The login of the service that is given a database: it may do what the migrations of the
  /// database's owner grant it.
  static String serviceLogin(String database) {
    return database + "_service";
  }

  /// Makes a database owned by a role of the same name with this password. What exists stays; the
  /// password is set again.
  void create(String name, String ownerPassword) {
    login(name, ownerPassword);
    if (!exists(name)) {
      execute(
          "create database %s owner %s".formatted(quoted(name), quoted(name)),
          // The owner needs no grant; nobody else may even connect.
          "revoke all on database %s from public".formatted(quoted(name)));
    }
  }

  /// Makes the login of the database's service, which may connect and nothing else.
  void createService(String database, String password) {
    String service = serviceLogin(database);
    login(service, password);
    execute("grant connect on database %s to %s".formatted(quoted(database), quoted(service)));
  }

  private void login(String role, String password) {
    execute(
        """
        do $$ begin
          if not exists (select from pg_roles where rolname = %s) then create role %s login; end if;
        end $$"""
            .formatted(literal(role), quoted(role)),
        "alter role %s password %s".formatted(quoted(role), literal(password)));
  }

  /// Removes a database; connections to it are closed.
  void drop(String name) {
    execute("drop database if exists %s with (force)".formatted(quoted(name)));
  }

  boolean accept() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private boolean exists(String name) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      String question = "select from pg_database where datname = " + literal(name);
      return statement.executeQuery(question).next();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private void execute(String... statements) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private LocalException broken(SQLException e) {
    return new LocalException(
        "PostgreSQL on port " + port + ": " + e.getMessage(), "see its log", e);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
