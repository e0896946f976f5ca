package dev.indelible.anchoring;

import dev.indelible.anchoring.OutboxStore.Waiting;
import dev.indelible.kit.tls.ServiceTls;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.merkle.Tile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Speaks to the ledger-service, about one log. Believes nothing of what it hears: judging is
/// [ReceiptJudge]'s and the audit's.
@ApplicationScoped
public class LedgerClient {
  private final HttpClient http;
  private final LedgerAccess access;
  private final List<String> bases;
  private final String log;
  private final Duration timeout;
  private volatile int turn;

  @Inject
  LedgerClient(AnchoringConfig config, LedgerAccess access, ServiceTls tls) {
    this.access = access;
    this.bases =
        config.ledgerUrl().stream().map(url -> url.toString().replaceAll("/+$", "")).toList();
    this.log = config.log();
    this.timeout = config.callTimeout();
    this.http =
        tls.client()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.callTimeout())
            .build();
  }

  /// Sends an entry. The same bytes may be sent again: the leaf hash is the idempotency key.
  Answer append(Waiting row) throws LedgerUnavailableException {
    HttpResponse<byte[]> response = send(post("/v1/logs/" + log + "/entries", json(row)));
    return Answer.of(response.statusCode(), response.body());
  }

  /// Sends entries together, in this order. Nothing, unless there is an answer for each: who asks
  /// for the first alone learns why.
  Optional<List<Answer>> append(List<Waiting> rows) {
    Json body =
        new JsonObject(
            Map.of("entries", new JsonArray(rows.stream().map(LedgerClient::json).toList())));
    try {
      HttpResponse<byte[]> response = send(post("/v1/logs/" + log + "/batches", body));
      return response.statusCode() == 200
          ? Optional.of(Answer.each(response.body())).filter(all -> all.size() == rows.size())
          : Optional.empty();
    } catch (LedgerUnavailableException e) {
      return Optional.empty();
    }
  }

  private static Json json(Waiting row) {
    return new JsonObject(
        Map.of(
            "entry",
            Json.string(Base64.getEncoder().encodeToString(row.entry().toArray())),
            "tokens",
            JsonReader.read(row.row().tokens())));
  }

  /// Has the match tokens of these entries erased. Asking again erases nothing more.
  ///
  /// @param tombstone a later entry of the same issuer and subject
  public void eraseTokens(long tombstone, List<Long> entries) throws LedgerUnavailableException {
    Json body =
        new JsonObject(
            Map.of(
                "tombstone",
                Json.number(tombstone),
                "entries",
                new JsonArray(entries.stream().<Json>map(Json::number).toList())));
    HttpResponse<byte[]> response = send(post("/v1/logs/" + log + "/erasures", body));
    if (response.statusCode() == 401) {
      access.refused();
    }
    if (response.statusCode() != 200) {
      throw new LedgerUnavailableException("HTTP " + response.statusCode() + " for an erasure");
    }
  }

  /// What the ledger has to show for leaves of a block, under the first checkpoint at or behind it
  /// that has its witnesses.
  ///
  /// @param first leaf
  /// @param last leaf; those between are in the answer too, whosever they are
  byte[] witnessedReceipts(long block, long first, long last) throws LedgerUnavailableException {
    return get(
        "/v1/logs/%s/blocks/%d/receipts?level=witnessed&after=%d&limit=%d"
            .formatted(log, block, first - 1, last - first + 1));
  }

  /// The block that sealed a leaf, if the ledger can say.
  public Optional<Long> findBlock(long index) throws LedgerUnavailableException {
    try {
      byte[] receipt = get("/v1/logs/" + log + "/entries/" + index + "/receipt");
      return JsonReader.readObject(receipt).find("block").orElse(null) instanceof JsonNumber number
          ? Optional.of(number.decimal().longValueExact())
          : Optional.empty();
    } catch (JsonException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /// The log's newest checkpoint (C2SP tlog-tiles).
  public String checkpoint() throws LedgerUnavailableException {
    return text(get("/logs/" + log + "/checkpoint"));
  }

  /// A tile or entry bundle (C2SP tlog-tiles).
  public byte[] tile(Tile tile) throws LedgerUnavailableException {
    return get("/logs/" + log + "/tile/" + tile.path());
  }

  private byte[] get(String path) throws LedgerUnavailableException {
    HttpResponse<byte[]> response = send(to(path).GET().build());
    if (response.statusCode() != 200) {
      throw new LedgerUnavailableException("HTTP " + response.statusCode() + " for " + path);
    }
    return response.body();
  }

  private HttpRequest post(String path, Json body) throws LedgerUnavailableException {
    return to(path)
        .header("Authorization", "Bearer " + access.bearer())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
        .build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(bases.get(turn) + path)).timeout(timeout);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws LedgerUnavailableException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      // Any ledger process will do; the next attempt goes to the next one.
      turn = (turn + 1) % bases.size();
      throw new LedgerUnavailableException("no answer from " + request.uri().getAuthority(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted", e);
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
