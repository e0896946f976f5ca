package dev.indelible.trials.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.trials.statement.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;

/// Result sets as JSON.
@ApplicationScoped
public class ResultAnswers {
  private final Evidence evidence;

  @Inject
  ResultAnswers(Evidence evidence) {
    this.evidence = evidence;
  }

  /// A result set with how far it has come.
  public record Anchored(@JsonUnwrapped ResultView results, AnchorState anchor) {}

  /// What was accepted.
  public record Accepted(UUID id, AnchorState anchor, String findings) {}

  /// 202 with the address of what was accepted.
  public Response accepted(UUID protocolId, UUID resultId) {
    String findings = "/v1/protocols/" + protocolId + "/findings";
    return Response.accepted(new Accepted(resultId, evidence.state(resultId), findings))
        .location(URI.create("/v1/results/" + resultId))
        .build();
  }

  Anchored anchored(ResultView results) {
    return new Anchored(results, evidence.state(results.id()));
  }

  Evidence evidence() {
    return evidence;
  }
}
