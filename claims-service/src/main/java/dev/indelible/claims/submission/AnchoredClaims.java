package dev.indelible.claims.submission;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/// All submitted claims, for the audit.
@ApplicationScoped
class AnchoredClaims implements AnchoredRecords {
  private final Claims claims;

  AnchoredClaims(Claims claims) {
    this.claims = claims;
  }

  @Override
  public String[] tables() {
    return new String[] {Claim.TABLE, ClaimLine.TABLE, ClaimDiagnosis.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return Stream.iterate(
            claims.page(null), page -> !page.isEmpty(), page -> claims.page(page.getLast().id))
        .flatMap(List::stream)
        .map(AnchoredClaims::live);
  }

  private static LiveStatement live(Claim claim) {
    return new LiveStatement(
        claim.id,
        Claim.TABLE,
        claim.id.toString(),
        claim.organisation,
        claim.record,
        ClaimStatement.of(claim));
  }
}
