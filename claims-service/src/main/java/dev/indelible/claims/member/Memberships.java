package dev.indelible.claims.member;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which members a patient is.
@ApplicationScoped
public class Memberships {
  private static final int PAGE = 200;

  /// Panache is kept inside, so that the entity never leaves the package.
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<MembershipRow, UUID> {}

  private final Rows rows;

  Memberships(Rows rows) {
    this.rows = rows;
  }

  /// A patient's memberships in the order in which they began.
  ///
  /// @param subject of the patient's token
  public List<Membership> of(String subject) {
    return rows.find("subject = ?1 order by since, id", subject).stream()
        .map(MembershipRow::membership)
        .toList();
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
