package dev.indelible.local.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.receipt.TlogProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A ledger of one log in memory, at the port where the real one is, that goes wrong when told to.
/// Its signatures, proofs and bundles are real.
final class FakeLedger {
  static final String LOG = "things";
  private static final String OF_MANY = "-of-many";

  static final String ORIGIN = "test.example/things";
  static final String OTHER_ORIGIN = "test.example/others";
  private static final long WITNESSED_AT = 1_800_000_000;
  private static final long SLOW_MILLIS = 50;

  private final HttpServer server;
  private final NoteSigner log;
  private final NoteSigner otherLog;
  private final NoteSigner witness;
  private final List<byte[]> entries = new ArrayList<>();
  private final Map<String, Integer> tokens = new HashMap<>();
  private String mode = "ok";
  private boolean witnessed;
  private String stuck = "";
  private int issued;
  private int calls;
  private int bulk;

  /// @param otherLog of which its readers believe receipts, though none are of this log
  FakeLedger(NoteSigner log, NoteSigner otherLog, NoteSigner witness) throws IOException {
    this.log = log;
    this.otherLog = otherLog;
    this.witness = witness;
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
      case "witness" -> witnessed = Boolean.parseBoolean(words[1]);
      case "stuck" -> stuck = words[1];
      case "flip" -> entries.get(Integer.parseInt(words[1]))[60] ^= 1;
      case "cut" -> entries.subList(Integer.parseInt(words[1]), entries.size()).clear();
      case "reset" -> {
        mode = "ok";
        witnessed = false;
        stuck = "";
        entries.clear();
        tokens.clear();
      }
      case "calls" -> {
        return String.valueOf(calls);
      }
      case "bulk" -> {
        return String.valueOf(bulk);
      }
      case "tokens" -> {
        return String.join("\n", tokens.keySet());
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
        var ignored = add(entry, body);
        exchange.getResponseBody();
        exchange.close();
      }
      default -> accept(exchange, entry, body);
    }
  }

  private void erase(HttpExchange exchange, JsonObject body) throws IOException {
    int tombstone = number(body.find("tombstone").orElseThrow());
    List<Integer> indices = body.list("entries").stream().map(FakeLedger::number).toList();
    String record = Entry.parse(entries.get(tombstone)).subject();
    for (int index : indices) {
      if (index >= tombstone || !Entry.parse(entries.get(index)).subject().equals(record)) {
        answer(exchange, 409, "{\"code\":\"wrong-tombstone\"}");
        return;
      }
    }
    int before = tokens.size();
    tokens.values().removeAll(indices);
    answer(exchange, 200, "{\"erased\":" + (before - tokens.size()) + "}");
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
          Integer original = duplicate(entry, body);
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
    Integer original = duplicate(entry, body);
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
    int index = indexOf(entry);
    if (index < 0) {
      matches.addAll(add(entry, body));
      index = entries.size() - 1;
    }
    int proven = fault.equals("wrong-index") ? Math.max(0, index - 1) : index;
    return object(
        "log", Json.string(LOG),
        "index", Json.number(index),
        "block", Json.number(block(index)),
        "matches", new JsonArray(matches),
        "proof", Json.string(proof(proven, fault.equals("wrong-root"))));
  }

  private int indexOf(byte[] entry) {
    for (int i = 0; i < entries.size(); i++) {
      if (java.util.Arrays.equals(entries.get(i), entry)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Integer duplicate(byte[] entry, JsonObject body) {
    for (Json token : body.list("tokens")) {
      Integer first = tokens.get(key(token));
      if (first != null && kind(token).equals("unique") && first != indexOf(entry)) {
        return first;
      }
    }
    return null;
  }

  private List<Json> add(byte[] entry, JsonObject body) {
    entries.add(entry);
    List<Json> matches = new ArrayList<>();
    for (Json token : body.list("tokens")) {
      Integer first = tokens.putIfAbsent(key(token), entries.size() - 1);
      if (first != null) {
        matches.add(place("alike", first));
      }
    }
    return matches;
  }

  private static String key(Json token) {
    JsonObject object = (JsonObject) token;
    return object.findString("name").orElseThrow() + object.findString("digest").orElseThrow();
  }

  private static String kind(Json token) {
    return ((JsonObject) token).findString("kind").orElseThrow();
  }

  private JsonObject place(String name, int index) {
    return object(
        "name", Json.string(name),
        "index", Json.number(index),
        "record", Json.string(Entry.parse(entries.get(index)).subject()));
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    String logs = "/logs/" + LOG + "/";
    String receipts = "/v1/logs/" + LOG + "/entries/";
    String blocks = "/v1/logs/" + LOG + "/blocks/";
    if (path.equals(logs + "checkpoint")) {
      answer(exchange, 200, note(false).print());
    } else if (path.startsWith(logs + "tile/")) {
      Tile tile = Tile.parse(path.substring(logs.length() + "tile/".length())).orElseThrow();
      int start = (int) tile.index() * Tile.FULL;
      answer(exchange, 200, EntryBundle.encode(entries.subList(start, start + tile.width())));
    } else if (path.startsWith(receipts) && path.endsWith("/receipt")) {
      int index = Integer.parseInt(path.substring(receipts.length()).replace("/receipt", ""));
      answer(exchange, 200, "{\"block\":" + block(index) + "}");
    } else if (path.startsWith(blocks) && path.endsWith("/receipts")) {
      int number = Integer.parseInt(path.substring(blocks.length()).replace("/receipts", ""));
      receipts(exchange, number);
    } else {
      answer(exchange, 404, "{}");
    }
  }

  /// The block of a leaf. Each has as many leaves as all before it together, so that there are
  /// small ones and large ones.
  private static int block(int index) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(index);
  }

  /// The witnessed receipts of a block, all that are asked for or more. In the mode `unwitnessed`
  /// they are said to be witnessed and are not, in some others they do not hold.
  private void receipts(HttpExchange exchange, int block) throws IOException {
    bulk++;
    if (!(witnessed || mode.equals("unwitnessed"))
        || List.of(stuck.split(",")).contains(String.valueOf(block))) {
      answer(exchange, 404, "{\"code\":\"no-receipt\"}");
      return;
    }
    List<Json> leaves = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (block(i) == block) {
        int shown = mode.equals("wrong-path") ? (i + 1) % entries.size() : i;
        List<Json> path = new ArrayList<>();
        path(shown).path().forEach(hash -> path.add(Json.string(hash.toBase64())));
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
                    "checkpoint", Json.string(faulty(mode).print()),
                    "receipts", new JsonArray(leaves))));
  }

  /// A checkpoint with what is wrong with it in a mode.
  private SignedNote faulty(String fault) {
    SignedNote ours = note(fault.equals("wrong-root"));
    return switch (fault) {
      case "other-log" -> {
        String text = ours.text().replace(ORIGIN, OTHER_ORIGIN);
        yield new SignedNote(
            text, List.of(otherLog.sign(text, 0), witness.sign(text, WITNESSED_AT)));
      }
      case "unsigned" ->
          new SignedNote(ours.text(), List.of(witness.sign(ours.text(), WITNESSED_AT)));
      case "false-witness" ->
          new SignedNote(
              ours.text(),
              List.of(log.sign(ours.text(), 0), witness.sign("another\n", WITNESSED_AT)));
      default -> ours;
    };
  }

  private String proof(int index, boolean wrong) {
    return new TlogProof(path(index), note(wrong)).print();
  }

  private InclusionProof path(int index) {
    List<Hash> leaves = entries.stream().map(Hash::leaf).toList();
    return Proofs.inclusion(
        index,
        leaves.size(),
        (level, node) ->
            TreeHash.of(leaves.subList((int) (node << level), (int) ((node + 1) << level))));
  }

  private SignedNote note(boolean wrong) {
    Hash root = TreeHash.of(entries.stream().map(Hash::leaf).toList());
    Hash said = wrong ? Hash.sha256(root.bytes()) : root;
    Checkpoint checkpoint = new Checkpoint(ORIGIN, new TreeHead(entries.size(), said));
    List<NoteSignature> signatures = new ArrayList<>();
    signatures.add(log.sign(checkpoint.text(), 0));
    if (witnessed) {
      signatures.add(witness.sign(checkpoint.text(), WITNESSED_AT));
    }
    return new SignedNote(checkpoint.text(), signatures);
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
