package dev.indelible.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.indelible.kit.identity.CurrentCaller;
import dev.indelible.kit.identity.FreshAuthentication;
import dev.indelible.kit.identity.Roles;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.Logs;
import dev.indelible.ledger.token.EraseEpoch;
import dev.indelible.ledger.token.RekeyEntries;
import dev.indelible.ledger.token.RekeyEntries.Item;
import dev.indelible.ledger.token.RekeyEntries.Result;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Match tokens when the match key changes: new ones come beside the old, then the old ones go. Any
/// process answers, whether it writes the log or not.
@Path("/v1/logs/{log}/tokens")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class TokensResource {
  private static final int MOST_ENTRIES = 1_000;

  private final Logs logs;
  private final RekeyEntries rekey;
  private final EraseEpoch erase;
  private final CurrentCaller caller;

  TokensResource(Logs logs, RekeyEntries rekey, EraseEpoch erase, CurrentCaller caller) {
    this.logs = logs;
    this.rekey = rekey;
    this.erase = erase;
    this.caller = caller;
  }

  /// What became of each entry, in the order of the request.
  record Rekeyed(List<RekeyedEntry> entries) {}

  /// @param outcome `added`, `duplicate`, `erased` or `missing`
  /// @param original the entry that has the unique token already
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RekeyedEntry(long index, String outcome, @Nullable Long original) {
    static RekeyedEntry of(Result result) {
      return new RekeyedEntry(
          result.index(),
          result.outcome().name().toLowerCase(Locale.ROOT),
          result.original().isPresent() ? result.original().getAsLong() : null);
    }
  }

  /// @param erased how many tokens this call erased
  record Epoch(int epoch, long erased) {}

  /// Adds tokens to entries that are in the log; sending the same again changes nothing.
  @POST
  @RolesAllowed(Roles.LOG_WRITER)
  @Consumes(MediaType.APPLICATION_JSON)
  public Rekeyed add(@PathParam("log") String name, byte[] bytes) throws SQLException {
    Log log = logs.get(name);
    Body body = Body.of(bytes).only(Set.of("entries"));
    List<Item> items =
        body.objects("entries", MOST_ENTRIES).stream().map(TokensResource::item).toList();
    return new Rekeyed(rekey.add(log, items).stream().map(RekeyedEntry::of).toList());
  }

  private static Item item(Body entry) {
    Body known = entry.only(Set.of("index", "tokens"));
    return new Item(known.index("index"), TokenBodies.of(known));
  }

  /// Erases a whole epoch; 409 while an entry has nothing newer. A call that was cut off is simply
  /// made again.
  @DELETE
  @RolesAllowed(Roles.OPERATOR)
  @FreshAuthentication
  public Epoch erase(@PathParam("log") String name, @QueryParam("epoch") @Nullable Integer epoch)
      throws SQLException {
    Log log = logs.get(name);
    if (epoch == null || epoch < 0) {
      throw Rejection.of(CommonProblem.BAD_REQUEST, "Say which epoch: ?epoch=N.");
    }
    return new Epoch(epoch, erase.erase(log, epoch, caller.get()));
  }
}
