package dev.indelible.trials.protocol;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.MatchKey;
import dev.indelible.anchoring.MatchToken;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.trials.TrialProblem;
import dev.indelible.trials.content.AmendmentGiven;
import dev.indelible.trials.content.AmendmentGiven.ChangeGiven;
import dev.indelible.trials.content.ProtocolContent;
import dev.indelible.trials.content.ProtocolContent.OutcomeGiven;
import dev.indelible.trials.content.ProtocolContent.RegistryId;
import dev.indelible.trials.content.RegistryKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Stores a protocol version and queues its statement, in the caller's transaction.
@ApplicationScoped
public class StoreVersion {
  private final Protocols protocols;
  private final Anchor anchor;
  private final MatchKey matchKey;
  private final Clock clock;

  @Inject
  StoreVersion(Protocols protocols, Anchor anchor, MatchKey matchKey, Clock clock) {
    this.protocols = protocols;
    this.anchor = anchor;
    this.matchKey = matchKey;
    this.clock = clock;
  }

  /// Stores the version.
  ///
  /// @return the protocol's id
  /// @throws Rejection when a registry id is taken, or another amendment was faster
  @Transactional(Transactional.TxType.MANDATORY)
  public UUID store(NewVersion submitted) {
    ProtocolVersion version = version(submitted);
    insert(version);
    List<MatchToken> tokens = takeRegistryIds(version.id, submitted);
    insertParts(version.id, submitted.content(), submitted.amendment());
    VersionRows rows = protocols.findRows(version.id).orElseThrow();
    anchor.enqueue(
        new AnchorRequest(
            version.id, version.protocolId, version.organisation, rows.statement(), tokens));
    return version.protocolId;
  }

  private ProtocolVersion version(NewVersion submitted) {
    VersionView previous = submitted.previous();
    ProtocolVersion version = new ProtocolVersion();
    version.id = UUID.randomUUID();
    version.protocolId = previous == null ? UUID.randomUUID() : previous.protocolId();
    version.organisation = submitted.caller().requireOrganisation();
    version.number = previous == null ? 1 : previous.number() + 1;
    version.previousVersionId = previous == null ? null : previous.id();
    version.source = submitted.source();
    version.submittedBy = submitted.caller().subject();
    version.receivedAt = clock.instant().toString();
    version.describe(submitted.content());
    return version;
  }

  /// The number is unique per protocol, so of two amendments of one version one gets here first.
  private void insert(ProtocolVersion version) {
    try {
      protocols.persistAndFlush(version);
    } catch (PersistenceException e) {
      if (String.valueOf(e.getMessage()).contains("protocol_version_number")) {
        throw Rejection.of(
            TrialProblem.VERSION_CONFLICT, "Read the protocol again and amend its newest version.");
      }
      throw e;
    }
  }

  /// In one order, so that two registrations that share several ids cannot wait for each other.
  private List<MatchToken> takeRegistryIds(UUID versionId, NewVersion submitted) {
    List<RegistryId> known =
        submitted.previous() == null ? List.of() : submitted.previous().content().registryIds();
    List<RegistryKey> knownKeys =
        known.stream().flatMap(id -> RegistryKey.find(id).stream()).toList();
    SequencedMap<RegistryKey, RegistryId> fresh = new LinkedHashMap<>();
    for (RegistryId id : submitted.content().registryIds()) {
      RegistryKey.find(id).filter(k -> !knownKeys.contains(k)).ifPresent(k -> fresh.put(k, id));
    }
    List<RegistryKey> inOrder = List.copyOf(fresh.keySet());
    fresh.keySet().stream()
        .sorted(Comparator.comparing(RegistryKey::system).thenComparing(RegistryKey::normalised))
        .forEach(key -> take(versionId, inOrder.indexOf(key), fresh.get(key), key));
    return inOrder.stream()
        .map(key -> matchKey.unique("trial-registry-id", key.system().name(), key.normalised()))
        .toList();
  }

  private void take(UUID versionId, long position, @Nullable RegistryId id, RegistryKey key) {
    if (!protocols.take(versionId, position, Objects.requireNonNull(id), key)) {
      throw Rejection.of(TrialProblem.DUPLICATE_TRIAL, key.normalised() + " is registered already.")
          .with("registryId", key.normalised())
          .with("link", "/v1/public/protocols/" + key.normalised());
    }
  }

  private void insertParts(
      UUID versionId, ProtocolContent content, @Nullable AmendmentGiven amendment) {
    EntityManager entities = protocols.getEntityManager();
    long position = 0;
    for (OutcomeGiven outcome : content.outcomes()) {
      entities.persist(PlannedOutcome.of(versionId, position++, outcome));
    }
    if (amendment != null) {
      entities.persist(Amendment.of(versionId, amendment));
      position = 0;
      for (ChangeGiven change : amendment.changes()) {
        entities.persist(AmendmentChange.of(versionId, position++, change));
      }
    }
    entities.flush();
  }
}
