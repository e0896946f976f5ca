package dev.indelible.trials.protocol;

import dev.indelible.anchoring.TracedStatement;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.trials.content.RegistrySystem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Protocols for those who may see them. What is another organisation's looks absent.
@ApplicationScoped
public class ProtocolReader {
  private static final int PAGE = 100;
  private static final Pattern OUR_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Protocols protocols;

  @Inject
  ProtocolReader(Protocols protocols) {
    this.protocols = protocols;
  }

  /// Whether the caller oversees all organisations. An auditor does not: audits tell differences.
  public static boolean seesAll(Caller caller) {
    return caller.has(Roles.REGULATOR);
  }

  /// All versions, oldest first.
  ///
  /// @throws Rejection (404) when there is none that the caller may see
  public List<VersionView> history(UUID protocolId, Caller caller) {
    List<VersionView> history = protocols.history(protocolId);
    if (history.isEmpty() || !Protocols.maySee(caller, history.getFirst())) {
      throw Rejection.notFound();
    }
    return history;
  }

  /// All versions of the sponsor's own protocol, which alone may be added to.
  ///
  /// @throws Rejection (404) when it is not its own
  public List<VersionView> ownHistory(UUID protocolId, Caller caller) {
    String own = caller.requireOrganisation();
    List<VersionView> history = protocols.history(protocolId);
    if (history.isEmpty() || !history.getFirst().organisation().equals(own)) {
      throw Rejection.notFound();
    }
    return history;
  }

  /// The same, held until the transaction ends: amendments and results of one protocol come one
  /// after the other, so each is judged against all that came before.
  public List<VersionView> ownHistoryToChange(UUID protocolId, Caller caller) {
    protocols.hold(protocolId);
    return ownHistory(protocolId, caller);
  }

  /// All versions, for the public record.
  public List<VersionView> publicHistory(String registryId) {
    return findProtocol(registryId).map(protocols::history).orElseThrow(Rejection::notFound);
  }

  /// The protocol of that id, ours or a registry's. That it exists is public; who may read it is
  /// for the reading to decide.
  ///
  /// @throws Rejection (404) when it is neither
  public UUID resolve(String id) {
    return OUR_ID.matcher(id).matches()
        ? UUID.fromString(id)
        : findProtocol(id).orElseThrow(Rejection::notFound);
  }

  /// The sponsor's own protocol of that id. Asked before a body is read, so that no answer about a
  /// body tells whose protocol it was sent to.
  ///
  /// @throws Rejection (404) when it is not its own
  public UUID resolveOwn(String id, Caller caller) {
    UUID protocol = resolve(id);
    if (!protocols.isOf(protocol, caller.requireOrganisation())) {
      throw Rejection.notFound();
    }
    return protocol;
  }

  private Optional<UUID> findProtocol(String registryId) {
    return RegistrySystem.normaliseAny(registryId).flatMap(protocols::findByRegistryId);
  }

  /// Version `number` of a protocol.
  ///
  /// @throws Rejection (404) when there is none that the caller may see
  public VersionView version(UUID protocolId, long number, Caller caller) {
    return history(protocolId, caller).stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(Rejection::notFound);
  }

  /// The newest protocols that the caller may see, at most a page.
  public List<List<VersionView>> newest(Caller caller) {
    Optional<String> scope =
        seesAll(caller) ? Optional.empty() : Optional.of(caller.requireOrganisation());
    return protocols.newest(scope, PAGE).stream().map(protocols::history).toList();
  }

  /// The version's statement, rebuilt from its rows.
  public TracedStatement statement(UUID versionId) {
    return protocols
        .findRows(versionId)
        .map(VersionRows::statement)
        .orElseThrow(Rejection::notFound);
  }
}
