package dev.indelible.claims.member;

import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.EncryptedRow;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Which members a patient is.
@ApplicationScoped
public class Memberships {
  private static final int PAGE = 200;

  /// Panache is kept inside, so that the entity never leaves the package.
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<MembershipRow, UUID> {}

  private final Rows rows;
  private final RecordKeys keys;

  Memberships(Rows rows, RecordKeys keys) {
    this.rows = rows;
    this.keys = keys;
  }

  /// A patient's memberships in the order in which they began. One whose member cannot be read
  /// gives no right: it would be that of any claim whose member cannot be read either.
  ///
  /// @param subject of the patient's token
  public List<Membership> of(String subject) {
    List<MembershipRow> found = rows.find("subject = ?1 order by since, id", subject).list();
    return read(found, MembershipRow::membership).stream()
        .filter(membership -> !membership.member().value().equals(EncryptedRow.UNREADABLE))
        .toList();
  }

  /// What rows say, each with its record's key.
  <T> List<T> read(List<MembershipRow> found, BiFunction<MembershipRow, Optional<DataKey>, T> as) {
    return keys.read(found, row -> row.id, row -> row.record, as);
  }

  void persist(MembershipRow row) {
    rows.persist(row);
  }

  /// A page of all memberships in the order of their ids: the first, or the one after `last`.
  List<MembershipRow> page(@Nullable UUID last) {
    rows.getEntityManager().clear();
    var query = last == null ? rows.find("order by id") : rows.find("id > ?1 order by id", last);
    return query.page(Page.ofSize(PAGE)).list();
  }
}
