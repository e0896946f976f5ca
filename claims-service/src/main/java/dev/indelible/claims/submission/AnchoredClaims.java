package dev.indelible.claims.submission;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.encryption.DataKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
        .flatMap(page -> live(page, claims.keys(page)));
  }

  private static Stream<LiveStatement> live(List<Claim> page, Map<UUID, DataKey> keys) {
    return page.stream().map(claim -> live(claim, Optional.ofNullable(keys.get(claim.id))));
  }

  private static LiveStatement live(Claim claim, Optional<DataKey> key) {
    return new LiveStatement(
        claim.id,
        Claim.TABLE,
        claim.id.toString(),
        claim.organisation,
        claim.record,
        ClaimStatement.of(claim, key));
  }
}
