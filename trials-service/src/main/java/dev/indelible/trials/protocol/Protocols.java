package dev.indelible.trials.protocol;

import dev.indelible.kit.identity.Caller;
import dev.indelible.trials.content.ProtocolContent.RegistryId;
import dev.indelible.trials.content.RegistryKey;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// The protocol versions that are stored.
@ApplicationScoped
class Protocols implements PanacheRepositoryBase<ProtocolVersion, UUID> {
  /// The kinds of rows that belong to a version.
  static final List<Class<? extends VersionPart>> PARTS =
      List.of(RegistryIdRow.class, PlannedOutcome.class, Amendment.class, AmendmentChange.class);

  /// All versions of a protocol, oldest first; the ids that registries know it by are those of all
  /// versions up to each.
  List<VersionView> history(UUID protocolId) {
    List<RegistryId> ids = new ArrayList<>();
    List<VersionView> views = new ArrayList<>();
    for (ProtocolVersion version : list("protocolId", Sort.by("number").and("id"), protocolId)) {
      VersionRows rows = rows(version);
      rows.parts(RegistryIdRow.class).map(RegistryIdRow::given).forEach(ids::add);
      views.add(rows.view(ids));
    }
    return views;
  }

  /// Whether a protocol is the organisation's.
  boolean isOf(UUID protocolId, String organisation) {
    return count("protocolId = ?1 and organisation = ?2", protocolId, organisation) > 0;
  }

  Optional<VersionRows> findRows(UUID versionId) {
    return findByIdOptional(versionId).map(this::rows);
  }

  private VersionRows rows(ProtocolVersion version) {
    return new VersionRows(version, parts(version.id).toList());
  }

  private Stream<VersionPart> parts(UUID versionId) {
    return PARTS.stream().flatMap(type -> parts(type, versionId));
  }

  private Stream<? extends VersionPart> parts(Class<? extends VersionPart> type, UUID versionId) {
    String query = "from " + type.getSimpleName() + " where versionId = ?1";
    return getEntityManager().createQuery(query, type).setParameter(1, versionId).getResultStream();
  }

  /// The protocol that a registry knows by this id.
  Optional<UUID> findByRegistryId(String normalised) {
    return getEntityManager()
        .createQuery(
            "select v.protocolId from ProtocolVersion v, RegistryIdRow r"
                + " where r.versionId = v.id and r.normalised = ?1",
            UUID.class)
        .setParameter(1, normalised)
        .getResultStream()
        .findFirst();
  }

  /// Takes a registry id, unless some trial has it already: atomic, and without an error that would
  /// spoil the transaction. A concurrent registration of the same id makes this one wait.
  ///
  /// @return whether it was free
  boolean take(UUID versionId, long position, RegistryId id, RegistryKey key) {
    int rows =
        getEntityManager()
            .createNativeQuery(
                "insert into registry_id (id, version_id, position, system, value, normalised)"
                    + " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (system, normalised) do nothing")
            .setParameter(1, UUID.randomUUID())
            .setParameter(2, versionId)
            .setParameter(3, position)
            .setParameter(4, id.system())
            .setParameter(5, id.value())
            .setParameter(6, key.normalised())
            .executeUpdate();
    return rows == 1;
  }

  /// Locks the protocol until the transaction ends. Not one of its rows: whoever may lock that may
  /// change it, and nobody may.
  void hold(UUID protocolId) {
    var ignored =
        getEntityManager()
            .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(?1, 0))")
            .setParameter(1, "protocol/" + protocolId)
            .getResultList();
  }

  /// The newest protocols that the caller may see.
  List<UUID> newest(Optional<String> organisation, int limit) {
    String where = organisation.isPresent() ? " and organisation = ?1" : "";
    var query =
        getEntityManager()
            .createQuery(
                "select protocolId from ProtocolVersion where previousVersionId is null"
                    + where
                    + " order by receivedAt desc, id",
                UUID.class)
            .setMaxResults(limit);
    organisation.ifPresent(own -> query.setParameter(1, own));
    return query.getResultList();
  }

  static boolean maySee(Caller caller, VersionView version) {
    return ProtocolReader.seesAll(caller)
        || caller.organisation().filter(version.organisation()::equals).isPresent();
  }
}
