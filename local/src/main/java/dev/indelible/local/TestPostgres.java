package dev.indelible.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// The one PostgreSQL server of a test JVM: started when first asked for, stopped with the JVM, on
/// a port and in a folder of its own so that builds side by side do not meet.
public final class TestPostgres {

  private static final String PORT = "indelible.test.postgres.port";
  private static final String PASSWORD = "indelible.test.postgres.password";

  private TestPostgres() {}

  /// An empty database with its two logins.
  public record Database(String jdbcUrl, Login owner, Login service) {}

  /// A role with its password.
  public record Login(String user, String password) {}

  /// Makes an empty database; an earlier one of that name goes.
  public static Database fresh(String name) {
    // Test frameworks load this class more than once in one JVM; system properties are one for all.
    synchronized (System.getProperties()) {
      Databases databases = shared();
      Login owner = new Login(name, Secrets.random());
      Login service = new Login(Databases.serviceLogin(name), Secrets.random());
      databases.drop(name);
      databases.create(name, owner.password());
      databases.createService(name, service.password());
      return new Database(databases.jdbcUrl(name), owner, service);
    }
  }

  /// A connection as the superuser, who may look and reach into every database.
  public static Connection connect(String database) throws SQLException {
    synchronized (System.getProperties()) {
      return shared().connect(database);
    }
  }

  private static Databases shared() {
    String port = System.getProperty(PORT);
    if (port != null) {
      return new Databases(Integer.parseInt(port), System.getProperty(PASSWORD));
    }
    Path folder = Scratch.folder();
    Databases databases = new Databases(Ports.anyFree(), Secrets.random());
    PostgresServer server =
        new PostgresServer(
            Home.find().cache(),
            folder.resolve("postgres"),
            folder.resolve("postgres.log"),
            databases,
            new Node.Place(folder.resolve("run"), false),
            Sizing.LAPTOP);
    server.start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server.node()::stop));
    System.setProperty(PORT, Integer.toString(databases.port()));
    System.setProperty(PASSWORD, databases.password());
    return databases;
  }
}
