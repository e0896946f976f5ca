package dev.indelible.trials.publication;

import dev.indelible.anchoring.scope.AcrossOrganisations;
import dev.indelible.trials.finding.FindingReader;
import dev.indelible.trials.protocol.ProtocolReader;
import dev.indelible.trials.protocol.VersionView;
import dev.indelible.trials.publication.PublicRecord.Results;
import dev.indelible.trials.publication.PublicRecord.Version;
import dev.indelible.trials.result.ResultReader;
import dev.indelible.trials.result.ResultView;
import dev.indelible.trials.statement.Evidence;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/// The public record of a trial, by any id that a registry gave it.
@Path("/v1/public/protocols/{registryId}")
@RunOnVirtualThread
@AcrossOrganisations
@Transactional
public class PublicProtocolsResource {
  private final ProtocolReader protocols;
  private final ResultReader results;
  private final FindingReader findings;
  private final Evidence evidence;

  @Inject
  PublicProtocolsResource(
      ProtocolReader protocols, ResultReader results, FindingReader findings, Evidence evidence) {
    this.protocols = protocols;
    this.results = results;
    this.findings = findings;
    this.evidence = evidence;
  }

  /// Versions, times, how far each has come, and what was found.
  @GET
  @PermitAll
  public PublicRecord get(@PathParam("registryId") String registryId) {
    List<VersionView> history = protocols.publicHistory(registryId);
    VersionView latest = history.getLast();
    return new PublicRecord(
        latest.content().registryIds(),
        latest.content().publicTitle(),
        latest.content().sponsorName(),
        history.stream().map(this::version).toList(),
        results.of(latest.protocolId()).stream().map(this::results).toList(),
        findings.of(latest.protocolId()));
  }

  private Version version(VersionView version) {
    return new Version(
        version.id(),
        version.number(),
        version.receivedAt(),
        version.content().startDate(),
        version.content().outcomes(),
        evidence.leafHash(version.id()).orElse(null),
        evidence.state(version.id()));
  }

  private Results results(ResultView set) {
    return new Results(
        set.id(),
        set.content().protocolVersion(),
        set.receivedAt(),
        evidence.leafHash(set.id()).orElse(null),
        evidence.state(set.id()));
  }
}
