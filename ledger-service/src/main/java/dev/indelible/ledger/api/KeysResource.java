package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.kit.identity.FreshAuthentication;
import dev.indelible.kit.identity.Roles;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.key.KeyRotation;
import dev.indelible.ledger.key.KeyTerm;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a log, those of the past included, and how an operator changes them.
@Path("/v1/logs/{log}/keys")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class KeysResource {
  private final Logs logs;
  private final KeyRotation rotation;
  private final ChangeKeys change;

  KeysResource(Logs logs, KeyRotation rotation, ChangeKeys change) {
    this.logs = logs;
    this.rotation = rotation;
    this.change = change;
  }

  /// Everything the log has said about its keys.
  record KeysJson(String log, String origin, List<GenerationJson> generations) {}

  /// @param announced index of the entry that brought the generation into force
  /// @param retired index of the entry that ended it; absent while it signs
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record GenerationJson(
      int generation, String ed25519, String mlDsa44, long announced, @Nullable Long retired) {

    static GenerationJson of(KeyTerm term) {
      return new GenerationJson(
          term.generation(),
          term.ed25519().vkey(),
          term.mlDsa44().vkey(),
          term.announced(),
          term.retired().isPresent() ? term.retired().getAsLong() : null);
    }
  }

  /// All generations, oldest first. A verifier who trusts this list trusts the log; those who do
  /// not take the keys from their policy and compare.
  @GET
  @PermitAll
  public KeysJson keys(@PathParam("log") String name) {
    Log log = logs.get(name);
    List<GenerationJson> generations =
        rotation.history(log).terms().stream().map(GenerationJson::of).toList();
    return new KeysJson(log.name(), log.origin(), generations);
  }

  /// Lets the next generation sign, besides the present one.
  @POST
  @Path("/announce")
  @RolesAllowed(Roles.OPERATOR)
  @FreshAuthentication
  @Consumes(MediaType.APPLICATION_JSON)
  public Response announce(@PathParam("log") String name, @Context HttpHeaders headers, byte[] body)
      throws InterruptedException {
    Log log = logs.get(name);
    String path = "/v1/logs/" + log.name() + "/keys/announce";
    return change.change(log, rotation::announcement, Forwardable.of(path, headers, body));
  }

  /// Lets a generation sign nothing any more.
  @POST
  @Path("/retire")
  @RolesAllowed(Roles.OPERATOR)
  @FreshAuthentication
  @Consumes(MediaType.APPLICATION_JSON)
  public Response retire(@PathParam("log") String name, @Context HttpHeaders headers, byte[] body)
      throws InterruptedException {
    Log log = logs.get(name);
    String path = "/v1/logs/" + log.name() + "/keys/retire";
    return change.change(log, rotation::retirement, Forwardable.of(path, headers, body));
  }
}
