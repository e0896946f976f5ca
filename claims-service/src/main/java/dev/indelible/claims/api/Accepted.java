package dev.indelible.claims.api;

import dev.indelible.claims.submission.IdempotencyKey;
import dev.indelible.claims.submission.SubmitClaim.Submitted;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/// The answer to a submission: stored, and on its way to the ledger. It never depends on how far
/// the entry has come meanwhile, so a repeated request gets the same bytes.
///
/// @param id the claim's
/// @param anchor how far its entry has come
record Accepted(String id, Anchor anchor) {
  record Anchor(String status) {}

  static Response answer(Submitted submitted) {
    String id = submitted.id().toString();
    Response.ResponseBuilder answer =
        Response.accepted(new Accepted(id, new Anchor("PENDING")))
            .location(URI.create("/v1/claims/" + id));
    return marked(answer, submitted).build();
  }

  static Response.ResponseBuilder marked(Response.ResponseBuilder answer, Submitted submitted) {
    answer.link("/v1/claims/" + submitted.id() + "/receipt", "receipt");
    return submitted.replayed() ? answer.header(IdempotencyKey.REPLAYED, "true") : answer;
  }
}
