package dev.indelible.interop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A log as anybody sees it: what it serves under an address. Nothing of our own library reads it
/// here.
///
/// @param base address of a ledger process, such as `http://localhost:8182`
/// @param name the log, such as `claims`
/// @param policy a file with the keys of logs and witnesses (C2SP tlog-policy)
record LiveLog(String base, String name, Path policy) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final Pattern PATH = Pattern.compile("\"path\":\\[([^\\]]*)\\]");

  /// A signed checkpoint.
  ///
  /// @param text the whole note, signatures included
  record Head(String text) {
    String origin() {
      return text.split("\n")[0];
    }

    long size() {
      return Long.parseLong(text.split("\n")[1]);
    }

    byte[] root() {
      return Base64.getDecoder().decode(text.split("\n")[2]);
    }
  }

  /// A receipt of inclusion (C2SP tlog-proof).
  record Inclusion(long index, List<byte[]> path, Head head) {
    static Inclusion of(String text) {
      int blank = text.indexOf("\n\n");
      String[] lines = text.substring(0, blank).split("\n");
      List<byte[]> path = new ArrayList<>();
      for (int i = 2; i < lines.length; i++) {
        path.add(Base64.getDecoder().decode(lines[i]));
      }
      long index = Long.parseLong(lines[1].substring("index ".length()));
      return new Inclusion(index, path, new Head(text.substring(blank + 2)));
    }
  }

  Head head() {
    return new Head(text("/logs/" + name + "/checkpoint"));
  }

  /// The entries of the first `size` leaves, out of their bundles (C2SP tlog-tiles).
  List<byte[]> entries(long size) {
    List<byte[]> entries = new ArrayList<>();
    for (long bundle = 0; bundle * 256 < size; bundle++) {
      long width = Math.min(256, size - bundle * 256);
      String path = String.format("/logs/%s/tile/entries/%03d", name, bundle);
      ByteBuffer in = ByteBuffer.wrap(get(width == 256 ? path : path + ".p/" + width).body());
      while (in.hasRemaining()) {
        byte[] entry = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(entry);
        entries.add(entry);
      }
    }
    return entries;
  }

  Inclusion receipt(long index) {
    return Inclusion.of(text("/v1/logs/%s/entries/%d/receipt.tlog-proof".formatted(name, index)));
  }

  List<byte[]> consistency(long from, long to) {
    String path = "/v1/logs/%s/proofs/consistency?from=%d&to=%d".formatted(name, from, to);
    Matcher json = PATH.matcher(text(path));
    if (!json.find()) {
      throw new AssertionError("no path in the answer of " + path);
    }
    return Pattern.compile("\"([^\"]+)\"")
        .matcher(json.group(1))
        .results()
        .map(hash -> Base64.getDecoder().decode(hash.group(1)))
        .toList();
  }

  /// The COSE receipt of a leaf.
  ///
  /// @param algorithm `ed25519` or `ml-dsa-44`
  byte[] coseReceipt(long index, String algorithm) {
    return bytes("/v1/logs/%s/entries/%d/receipt.cose?alg=%s".formatted(name, index, algorithm));
  }

  /// The keys of its COSE receipts, as a COSE_KeySet.
  byte[] coseKeys() {
    return bytes("/scitt/" + name + "/.well-known/scitt-keys");
  }

  /// The keys of this log that the policy lists, as vkeys.
  List<String> keys() throws IOException {
    String start = "log " + head().origin() + "+";
    return java.nio.file.Files.readAllLines(policy).stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  private String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String path) {
    HttpResponse<byte[]> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " was answered with " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpResponse<byte[]> get(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30)).build();
      return HTTP.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
