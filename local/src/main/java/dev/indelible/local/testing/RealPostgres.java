package dev.indelible.local.testing;

import dev.indelible.local.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Gives a service under test a real, empty PostgreSQL database with an owner role of the same
/// name, as which it migrates, and a login of its own, as which it serves.
///
/// ```java
/// @QuarkusTest
/// @WithTestResource(value = RealPostgres.class, initArgs = @ResourceArg(name = "database", value = "ledger"))
/// ```
///
/// One server serves all tests of a JVM; every start of the application gets an empty database.
public final class RealPostgres implements QuarkusTestResourceLifecycleManager {

  private String database = "test";

  @Override
  public void init(Map<String, String> arguments) {
    database = arguments.getOrDefault("database", database);
  }

  @Override
  public Map<String, String> start() {
    TestPostgres.Database fresh = TestPostgres.fresh(database);
    return Map.of(
        "quarkus.datasource.jdbc.url", fresh.jdbcUrl(),
        "quarkus.datasource.username", fresh.service().user(),
        "quarkus.datasource.password", fresh.service().password(),
        "quarkus.flyway.username", fresh.owner().user(),
        "quarkus.flyway.password", fresh.owner().password(),
        "quarkus.devservices.enabled", "false");
  }

  /// The server stays for the next test class and goes with the JVM.
  @Override
  public void stop() {}
}
