package dev.indelible.trials.protocol;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.indelible.anchoring.AnchorState;
import dev.indelible.kit.identity.Caller;
import dev.indelible.trials.content.ProtocolContent.RegistryId;
import dev.indelible.trials.statement.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/// Protocols as JSON.
@ApplicationScoped
public class ProtocolAnswers {
  private final ProtocolReader reader;
  private final Evidence evidence;

  @Inject
  ProtocolAnswers(ProtocolReader reader, Evidence evidence) {
    this.reader = reader;
    this.evidence = evidence;
  }

  /// A protocol with its newest version.
  ///
  /// @param id shared by all versions
  /// @param anchor how far its newest version has come
  public record Protocol(
      UUID id,
      List<RegistryId> registryIds,
      long versions,
      VersionView latest,
      AnchorState anchor) {}

  /// A version with how far it has come.
  public record Version(@JsonUnwrapped VersionView version, AnchorState anchor) {}

  /// What was accepted.
  ///
  /// @param id the protocol's id
  /// @param versionId what results cite
  /// @param number the version's number
  public record Accepted(UUID id, UUID versionId, long number, AnchorState anchor) {}

  /// 202 with the address of what was accepted.
  public Response accepted(UUID protocolId, Caller caller) {
    VersionView latest = reader.ownHistory(protocolId, caller).getLast();
    Accepted body =
        new Accepted(protocolId, latest.id(), latest.number(), evidence.state(latest.id()));
    return Response.accepted(body).location(URI.create("/v1/protocols/" + protocolId)).build();
  }

  Evidence evidence() {
    return evidence;
  }

  Protocol protocol(UUID protocolId, Caller caller) {
    return protocol(reader.history(protocolId, caller));
  }

  private Protocol protocol(List<VersionView> history) {
    VersionView latest = history.getLast();
    return new Protocol(
        latest.protocolId(),
        latest.content().registryIds(),
        history.size(),
        latest,
        evidence.state(latest.id()));
  }

  List<Protocol> newest(Caller caller) {
    return reader.newest(caller).stream().map(this::protocol).toList();
  }

  List<Version> versions(UUID protocolId, Caller caller) {
    return reader.history(protocolId, caller).stream().map(this::version).toList();
  }

  Version version(VersionView version) {
    return new Version(version, evidence.state(version.id()));
  }
}
