package dev.indelible.local.testing;

import dev.indelible.local.Service;
import dev.indelible.local.Stack;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The system as its users call it.
public record Api(Stack stack) {

  /// A request by a demo user to one process of a service.
  public RequestSpecification as(String user, Service service) {
    return anyone(service).auth().oauth2(stack.tokens().ofUser(user));
  }

  /// A request by a demo user who has shown a passkey a moment ago.
  public RequestSpecification fresh(String user, Service service) {
    return anyone(service).auth().oauth2(stack.tokens().fresh(user));
  }

  /// A request without a token.
  public static RequestSpecification anyone(Service service) {
    return RestAssured.given().baseUri(service.url());
  }

  public Service claims() {
    return stack.claims().getFirst();
  }

  public Service trials() {
    return stack.trials().getFirst();
  }

  public Response submit(String user, String claim) {
    return as(user, claims()).contentType(ContentType.JSON).body(claim).post("/v1/claims");
  }

  public JsonPath claim(String user, String id) {
    return as(user, claims())
        .get("/v1/claims/{id}", id)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  public String anchorStatus(String user, String id) {
    return claim(user, id).getString("anchor.status");
  }

  /// Waits until a claim's anchor has the status, which it must get to by itself.
  public void awaitAnchor(String user, String id, String status) {
    await("claim " + id + " " + status, () -> status.equals(anchorStatus(user, id)));
  }

  /// The audit of one service.
  public JsonPath audit(Service service) {
    return as("operator", service).post("/v1/audit").then().statusCode(200).extract().jsonPath();
  }

  /// The oracle: every service re-derives everything it holds and finds nothing wrong.
  public void requireSound() {
    awaitAnchored();
    for (Service service : java.util.List.of(stack.ledger(), claims(), trials())) {
      JsonPath report = audit(service);
      if (!"MATCHES".equals(report.getString("verdict"))) {
        throw new AssertionError(service.name() + ": " + report.prettify());
      }
    }
  }

  /// Waits until the ledger has everything.
  public void awaitAnchored() {
    await("nothing waits in an outbox", this::isDrained);
  }

  private boolean isDrained() {
    return count("claims", "outbox") + count("trials", "outbox") == 0;
  }

  public long count(String database, String table) {
    return Database.of(stack, database).number("select count(*) from " + table);
  }

  /// Waits for something that happens by itself; two minutes are no measure of speed, only an end.
  public static void await(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("in vain: " + what);
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
