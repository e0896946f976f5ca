package dev.indelible.claims.consent;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.encryption.DataKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All grants and revocations, for the audit.
@ApplicationScoped
class AnchoredConsent implements AnchoredRecords {
  private final Grants grants;

  AnchoredConsent(Grants grants) {
    this.grants = grants;
  }

  @Override
  public String[] tables() {
    return new String[] {GrantRow.TABLE, RevocationRow.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    Stream<LiveStatement> given =
        Stream.iterate(
                grants.page(null), page -> !page.isEmpty(), page -> grants.page(page.getLast().id))
            .map(page -> grants.read(page, AnchoredConsent::live))
            .flatMap(List::stream);
    Stream<LiveStatement> revoked =
        Stream.iterate(
                grants.revocations(null),
                page -> !page.isEmpty(),
                page -> grants.revocations(page.getLast().id))
            .flatMap(List::stream)
            .map(AnchoredConsent::live);
    return Stream.concat(given, revoked);
  }

  private static LiveStatement live(GrantRow row, Optional<DataKey> key) {
    return new LiveStatement(
        row.id,
        GrantRow.TABLE,
        row.id.toString(),
        row.organisation,
        row.record,
        row.statement(key));
  }

  private static LiveStatement live(RevocationRow row) {
    return new LiveStatement(
        row.id,
        RevocationRow.TABLE,
        row.id.toString(),
        row.organisation,
        row.record,
        row.statement());
  }
}
