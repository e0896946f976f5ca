package dev.indelible.local.testing;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Optional;

/// Records that are submitted while something breaks.
public interface Load {
  /// Submits one more record; its id if it was acknowledged.
  Optional<String> submit();

  boolean isWitnessed(String id);

  /// The record's place in its log.
  long index(String id);

  /// Claims of one insurer.
  record Claims(Api api) implements Load {
    /// Looks at claims too, so that there are events to be sealed.
    @Override
    public Optional<String> submit() {
      var ignored = acknowledged(() -> api.as("alder", api.claims()).get("/v1/claims?limit=25"));
      return acknowledged(
          () ->
              api.submit(
                  "alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000)));
    }

    @Override
    public boolean isWitnessed(String id) {
      return "WITNESSED".equals(api.anchorStatus("alder", id));
    }

    @Override
    public long index(String id) {
      return api.claim("alder", id).getLong("anchor.index");
    }
  }

  /// Protocols of one sponsor.
  record Protocols(Api api) implements Load {
    @Override
    public Optional<String> submit() {
      return acknowledged(
          () ->
              api.as("sponsor", api.trials())
                  .contentType(ContentType.JSON)
                  .body(Samples.protocol(Samples.nct()))
                  .post("/v1/protocols"));
    }

    @Override
    public boolean isWitnessed(String id) {
      return "WITNESSED".equals(get(id).jsonPath().getString("anchor.status"));
    }

    @Override
    public long index(String id) {
      return get(id).jsonPath().getLong("anchor.index");
    }

    private Response get(String id) {
      return api.as("sponsor", api.trials()).get("/v1/protocols/{id}", id);
    }
  }

  private static Optional<String> acknowledged(java.util.concurrent.Callable<Response> call) {
    try {
      Response answer = call.call();
      return answer.statusCode() == 202
          ? Optional.of(answer.jsonPath().getString("id"))
          : Optional.empty();
    } catch (Exception connectionLost) {
      return Optional.empty();
    }
  }
}
