package dev.indelible.ledger.api;

import dev.indelible.kit.identity.Roles;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.token.EraseTokens;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/// Erases the match tokens of a record that has a tombstone in the log. Any process answers,
/// whether it writes the log or not.
@Path("/v1/logs/{log}/erasures")
@RunOnVirtualThread
class ErasuresResource {
  private static final int MOST_ENTRIES = 10_000;

  private final Logs logs;
  private final EraseTokens tokens;

  ErasuresResource(Logs logs, EraseTokens tokens) {
    this.logs = logs;
    this.tokens = tokens;
  }

  /// @param tombstone the entry that says that the record is erased
  /// @param erased how many tokens this call erased
  record Erased(long tombstone, int erased) {}

  /// Erases the tokens beside these entries; sending the same again erases nothing more.
  @POST
  @RolesAllowed(Roles.LOG_WRITER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Erased erase(@PathParam("log") String name, byte[] bytes) throws SQLException {
    Log log = logs.get(name);
    Body body = Body.of(bytes).only(Set.of("tombstone", "entries"));
    long tombstone = body.index("tombstone");
    List<Long> entries = body.indices("entries", MOST_ENTRIES);
    return new Erased(tombstone, tokens.erase(log, tombstone, entries));
  }
}
