package dev.indelible.faults.history;

import dev.indelible.local.Service;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The log `claims` as everybody can read it from one process, without signing in.
final class PublicLog implements AutoCloseable {
  private final String url;
  private final Wire wire = new Wire();

  PublicLog(Service ledger) {
    this.url = ledger.url();
  }

  String checkpoint() {
    return text("/logs/claims/checkpoint");
  }

  /// The bytes of the first `size` entries, from the bundles (C2SP tlog-tiles).
  List<byte[]> entries(long size) {
    List<byte[]> entries = new ArrayList<>();
    for (long at = 0; at < size; at += Tile.FULL) {
      int width = (int) Math.min(Tile.FULL, size - at);
      Tile tile = new Tile(Tile.ENTRIES, at / Tile.FULL, width);
      entries.addAll(EntryBundle.decode(bytes("/logs/claims/tile/" + tile.path())));
    }
    return entries;
  }

  /// The leaf hashes below, as the tiles of level 0 say.
  List<Hash> leafHashes(long size) {
    List<Hash> hashes = new ArrayList<>();
    for (long at = 0; at < size; at += Tile.FULL) {
      int width = (int) Math.min(Tile.FULL, size - at);
      byte[] tile = bytes("/logs/claims/tile/" + new Tile(0, at / Tile.FULL, width).path());
      for (int i = 0; i < width; i++) {
        hashes.add(Hash.at(tile, i * Hash.LENGTH));
      }
    }
    return hashes;
  }

  /// The checkpoints of all blocks.
  List<String> blocks() {
    List<String> notes = new ArrayList<>();
    String next = "/v1/logs/claims/blocks?limit=100";
    while (!next.isEmpty()) {
      JsonObject page = json(next);
      page.list("blocks")
          .forEach(b -> notes.add(((JsonObject) b).findString("checkpoint").orElseThrow()));
      next = page.findString("next").orElse("");
    }
    return notes;
  }

  ConsistencyProof consistency(long from, long to) {
    String query = "/v1/logs/claims/proofs/consistency?from=" + from + "&to=" + to;
    return new ConsistencyProof(from, to, path(query));
  }

  InclusionProof inclusion(long index, long size) {
    String query = "/v1/logs/claims/proofs/inclusion?index=" + index + "&size=" + size;
    return new InclusionProof(index, size, path(query));
  }

  /// The best receipt of a leaf.
  String receipt(long index) {
    return text("/v1/logs/claims/entries/" + index + "/receipt.tlog-proof");
  }

  private List<Hash> path(String query) {
    return json(query).list("path").stream()
        .map(hash -> Hash.fromBase64(((JsonString) hash).value()))
        .toList();
  }

  private JsonObject json(String path) {
    return JsonReader.readObject(bytes(path));
  }

  private String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String path) {
    try {
      HttpResponse<byte[]> answer = wire.get(url + path);
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            path
                + ": "
                + answer.statusCode()
                + " "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(path + " is not served", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
