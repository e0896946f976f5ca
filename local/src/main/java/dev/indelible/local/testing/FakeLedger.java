package dev.indelible.local.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// A ledger of one log in memory, at the port where the real one is, that goes wrong when told to.
final class FakeLedger {
  static final String LOG = "things";
  private static final String OF_MANY = "-of-many";
  private static final long SLOW_MILLIS = 50;

  private final HttpServer server;
  private final FakeLog log;
  private String mode = "ok";
  private String stuck = "";
  private int issued;
  private int calls;
  private int bulk;

  FakeLedger(FakeLog log) throws IOException {
    this.log = log;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.startsWith("/control/")) {
        answer(exchange, 200, control(path.substring("/control/".length()).split("/", -1)));
      } else if (mode.equals("down")) {
        answer(exchange, 503, "{\"code\":\"no-writer\"}");
      } else if (path.endsWith("/protocol/openid-connect/token")) {
        token(exchange, new String(body, StandardCharsets.UTF_8));
      } else if (path.endsWith("/erasures")) {
        erase(exchange, JsonReader.readObject(body));
      } else if (path.endsWith("/batches") && mode.equals("one-by-one")) {
        answer(exchange, 503, "{}");
      } else if (path.endsWith("/batches")) {
        calls++;
        appendAll(exchange, JsonReader.readObject(body).list("entries"));
      } else if (exchange.getRequestMethod().equals("POST")) {
        calls++;
        if (mode.equals("one-by-one")) {
          // Others are answered meanwhile.
          wait(SLOW_MILLIS);
        }
        append(exchange, JsonReader.readObject(body));
      } else {
        read(exchange, path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      answer(exchange, 500, "{\"code\":\"" + e.getClass().getSimpleName() + "\"}");
    }
  }

  /// Does as it is told; the answer is what was asked for, if anything.
  private String control(String[] words) {
    switch (words[0]) {
      case "mode" -> mode = words[1];
      case "witness" -> log.witnessed(Boolean.parseBoolean(words[1]));
      case "stuck" -> stuck = words[1];
      case "flip" -> log.flipBit(Integer.parseInt(words[1]));
      case "cut" -> log.cutAt(Integer.parseInt(words[1]));
      case "reset" -> {
        mode = "ok";
        stuck = "";
        log.clear();
      }
      case "calls" -> {
        return String.valueOf(calls);
      }
      case "bulk" -> {
        return String.valueOf(bulk);
      }
      case "tokens" -> {
        return String.join("\n", log.tokens());
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
    return "";
  }

  /// The part of an identity provider that a service asks for its own token.
  private void token(HttpExchange exchange, String form) throws IOException {
    boolean expected = form.contains("grant_type=client_credentials");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    answer(
        exchange,
        expected ? 200 : 400,
        "{\"access_token\":\"token-"
            + ++issued
            + "\",\"token_type\":\"Bearer\",\"expires_in\":300}");
  }

  private void append(HttpExchange exchange, JsonObject body) throws IOException {
    byte[] entry = Base64.getDecoder().decode(body.findString("entry").orElseThrow());
    switch (mode) {
      case "forbidden" -> answer(exchange, 403, "{\"code\":\"unknown-issuer\"}");
      case "unacceptable" -> {
        mode = "ok";
        answer(exchange, 400, "{\"code\":\"malformed-entry\"}");
      }
      case "lost-answer" -> {
        mode = "ok";
        var ignored = log.add(entry, body.list("tokens"));
        exchange.getResponseBody();
        exchange.close();
      }
      default -> accept(exchange, entry, body);
    }
  }

  private void erase(HttpExchange exchange, JsonObject body) throws IOException {
    int tombstone = number(body.find("tombstone").orElseThrow());
    List<Integer> indices = body.list("entries").stream().map(FakeLedger::number).toList();
    String record = log.subject(tombstone);
    for (int index : indices) {
      if (index >= tombstone || !log.subject(index).equals(record)) {
        answer(exchange, 409, "{\"code\":\"wrong-tombstone\"}");
        return;
      }
    }
    answer(exchange, 200, "{\"erased\":" + log.forgetTokens(indices) + "}");
  }

  private static int number(Json json) {
    return Integer.parseInt(((JsonNumber) json).literal());
  }

  /// Several entries, each of which is taken, refused or answered wrongly by itself. In a mode that
  /// is something `-of-many`, every second one is.
  private void appendAll(HttpExchange exchange, List<Json> bodies) throws IOException {
    switch (mode) {
      case "forbidden" -> answer(exchange, 403, "{\"code\":\"unknown-issuer\"}");
      case "unacceptable" -> answer(exchange, 400, "{\"code\":\"malformed-entry\"}");
      default -> {
        List<Json> results = new ArrayList<>();
        for (Json one : bodies) {
          JsonObject body = (JsonObject) one;
          byte[] entry = Base64.getDecoder().decode(body.findString("entry").orElseThrow());
          Integer original = log.duplicate(entry, body.list("tokens"));
          results.add(
              original == null ? accepted(entry, body, fault(results.size())) : refused(original));
        }
        if (mode.equals("lost-answer")) {
          mode = "ok";
          exchange.close();
          return;
        }
        answer(exchange, 200, CanonicalJson.text(object("results", new JsonArray(results))));
      }
    }
  }

  private void accept(HttpExchange exchange, byte[] entry, JsonObject body) throws IOException {
    Integer original = log.duplicate(entry, body.list("tokens"));
    if (original != null) {
      answer(exchange, 409, CanonicalJson.text(refused(original)));
      return;
    }
    answer(exchange, 201, CanonicalJson.text(accepted(entry, body, mode)));
  }

  private String fault(int number) {
    return !mode.endsWith(OF_MANY)
        ? mode
        : number % 2 == 0 ? "ok" : mode.substring(0, mode.length() - OF_MANY.length());
  }

  private JsonObject refused(int original) {
    return object("code", Json.string("duplicate-entry"), "duplicateOf", place("exact", original));
  }

  private JsonObject accepted(byte[] entry, JsonObject body, String fault) {
    if (fault.equals("nonsense")) {
      return object("index", Json.string("x"));
    }
    List<Json> matches = new ArrayList<>();
    int index = log.indexOf(entry);
    if (index < 0) {
      log.add(entry, body.list("tokens")).forEach(first -> matches.add(place("alike", first)));
      index = log.size() - 1;
    }
    int proven = fault.equals("wrong-index") ? Math.max(0, index - 1) : index;
    return object(
        "log", Json.string(LOG),
        "index", Json.number(index),
        "block", Json.number(FakeLog.block(index)),
        "matches", new JsonArray(matches),
        "proof", Json.string(log.proof(proven, fault.equals("wrong-root"))));
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    String logs = "/logs/" + LOG + "/";
    String receipts = "/v1/logs/" + LOG + "/entries/";
    String blocks = "/v1/logs/" + LOG + "/blocks/";
    if (path.equals(logs + "checkpoint")) {
      answer(exchange, 200, log.note(false).print());
    } else if (path.startsWith(logs + "tile/")) {
      Tile tile = Tile.parse(path.substring(logs.length() + "tile/".length())).orElseThrow();
      answer(exchange, 200, log.bundle(tile));
    } else if (path.startsWith(receipts) && path.endsWith("/receipt")) {
      int index = Integer.parseInt(path.substring(receipts.length()).replace("/receipt", ""));
      answer(exchange, 200, "{\"block\":" + FakeLog.block(index) + "}");
    } else if (path.startsWith(blocks) && path.endsWith("/receipts")) {
      int number = Integer.parseInt(path.substring(blocks.length()).replace("/receipts", ""));
      receipts(exchange, number);
    } else {
      answer(exchange, 404, "{}");
    }
  }

  /// The witnessed receipts of a block, all that are asked for or more. In the mode `unwitnessed`
  /// they are said to be witnessed and are not, in some others they do not hold.
  private void receipts(HttpExchange exchange, int block) throws IOException {
    bulk++;
    if (!(log.isWitnessed() || mode.equals("unwitnessed"))
        || List.of(stuck.split(",")).contains(String.valueOf(block))) {
      answer(exchange, 404, "{\"code\":\"no-receipt\"}");
      return;
    }
    List<Json> leaves = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      if (FakeLog.block(i) == block) {
        int shown = mode.equals("wrong-path") ? (i + 1) % log.size() : i;
        List<Json> path = new ArrayList<>();
        log.path(shown).path().forEach(hash -> path.add(Json.string(hash.toBase64())));
        leaves.add(object("index", Json.number(i), "path", new JsonArray(path)));
      }
    }
    answer(
        exchange,
        200,
        mode.equals("nonsense")
            ? "{\"receipts\":7}"
            : CanonicalJson.text(
                object(
                    "level", Json.string("witnessed"),
                    "checkpoint", Json.string(log.faulty(mode).print()),
                    "receipts", new JsonArray(leaves))));
  }

  private JsonObject place(String name, int index) {
    return object(
        "name", Json.string(name),
        "index", Json.number(index),
        "record", Json.string(log.subject(index)));
  }

  private static JsonObject object(Object... members) {
    Map<String, Json> map = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      map.put((String) members[i], (Json) members[i + 1]);
    }
    return new JsonObject(map);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
