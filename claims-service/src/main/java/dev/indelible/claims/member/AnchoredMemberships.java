package dev.indelible.claims.member;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.encryption.DataKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All memberships, for the audit.
@ApplicationScoped
class AnchoredMemberships implements AnchoredRecords {
  private final Memberships memberships;

  AnchoredMemberships(Memberships memberships) {
    this.memberships = memberships;
  }

  @Override
  public String[] tables() {
    return new String[] {MembershipRow.TABLE};
  }

  @Override
  public Stream<LiveStatement> rebuild() {
    return Stream.iterate(
            memberships.page(null),
            page -> !page.isEmpty(),
            page -> memberships.page(page.getLast().id))
        .map(page -> memberships.read(page, AnchoredMemberships::live))
        .flatMap(List::stream);
  }

  private static LiveStatement live(MembershipRow row, Optional<DataKey> key) {
    return new LiveStatement(
        row.id,
        MembershipRow.TABLE,
        row.id.toString(),
        row.organisation,
        row.record,
        row.statement(key));
  }
}
