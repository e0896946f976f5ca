package dev.indelible.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.ledger.testing.TestWitness;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.policy.TrustPolicy;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What never changes says so, has a tag and is not sent again to whoever has it; and what is
/// shorter when packed is packed.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(
    value = LedgerFiles.class,
    initArgs = @ResourceArg(name = "witnesses", value = "3"))
@WithTestResource(TestTokens.class)
class CachedReadsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ENTRIES = "/v1/logs/claims/entries/";
  private static final String BLOCKS = "/v1/logs/claims/blocks/";
  private static final Set<String> A_YEAR = Set.of("public", "immutable", "max-age=31536000");
  private static final String WITNESSED = "wait=20;level=witnessed";

  @Inject LedgerConfig config;
  @TestHTTPResource URI server;

  private final Entry entry = Entries.random();
  private long index;
  private String block = "";

  @BeforeEach
  void append() {
    TestWitness.fault("");
    var answer = Entries.appendPreferring(WITNESSED, "claims", entry);
    assertEquals(201, answer.statusCode());
    index = answer.jsonPath().getLong("index");
    block = BLOCKS + answer.jsonPath().getLong("block");
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  @Test
  void whatNeverChangesIsKeptForAYear() throws Exception {
    for (String path :
        List.of(
            ENTRIES + index + "/receipt",
            ENTRIES + index + "/receipt.tlog-proof",
            ENTRIES + index + "/receipt.cose",
            ENTRIES + index + "/receipt.cose?alg=ml-dsa-44",
            ENTRIES + index + "/statement.cose",
            block + "/receipts",
            block + "/receipts?level=witnessed",
            "/scitt/claims/entries/" + base64url(entry.leafHash().bytes()),
            "/scitt/claims/.well-known/scitt-keys/" + kid(),
            "/v1/logs/claims/statements/0",
            "/logs/claims/tile/0/000.p/2",
            "/logs/claims/tile/entries/000.p/2")) {
      HttpResponse<byte[]> first = get(path);
      assertEquals(200, first.statusCode(), path);
      assertEquals(A_YEAR, caching(first), path);
      String tag = first.headers().firstValue("ETag").orElseThrow(() -> new AssertionError(path));
      HttpResponse<byte[]> again = get(path, "If-None-Match", tag);
      assertEquals(304, again.statusCode(), path);
      assertEquals(0, again.body().length, path);
      assertEquals(Optional.of(tag), again.headers().firstValue("ETag"), path);
      assertEquals(A_YEAR, caching(again), path);
      HttpResponse<byte[]> other = get(path, "If-None-Match", "\"other\"");
      assertEquals(200, other.statusCode(), path);
      assertArrayEquals(first.body(), other.body(), path);
    }
  }

  /// A receipt that may yet become a better one has a tag too, and another when it is better.
  @Test
  void whatMayBecomeBetterIsAskedForAgain() throws Exception {
    TestWitness.fault("down");
    long late = Entries.append("claims", Entries.random()).jsonPath().getLong("index");
    String json = ENTRIES + late + "/receipt";
    String text = json + ".tlog-proof";
    String jsonTag = includedTag(json);
    String textTag = includedTag(text);
    TestWitness.fault("");
    Entries.appendPreferring(WITNESSED, "claims", Entries.random());
    for (HttpResponse<byte[]> better :
        List.of(get(json, "If-None-Match", jsonTag), get(text, "If-None-Match", textTag))) {
      assertEquals(200, better.statusCode());
      assertEquals(A_YEAR, caching(better));
    }
  }

  private String includedTag(String path) throws Exception {
    HttpResponse<byte[]> included = get(path);
    assertEquals(Set.of("no-cache"), caching(included), path);
    String tag = included.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, get(path, "If-None-Match", tag).statusCode(), path);
    return tag;
  }

  @Test
  void whatIsShorterWhenPackedIsPacked() throws Exception {
    for (String path :
        List.of(
            "/logs/claims/checkpoint",
            "/logs/claims/tile/entries/000.p/2",
            ENTRIES + index + "/receipt",
            ENTRIES + index + "/receipt.tlog-proof",
            block,
            BLOCKS + "?limit=3",
            block + "/receipts")) {
      HttpResponse<byte[]> plain = get(path, "Accept-Encoding", "identity");
      HttpResponse<byte[]> packed = get(path, "Accept-Encoding", "gzip");
      assertEquals(Optional.empty(), plain.headers().firstValue("Content-Encoding"), path);
      assertEquals(Optional.of("gzip"), packed.headers().firstValue("Content-Encoding"), path);
      assertTrue(packed.body().length < plain.body().length, path);
      assertArrayEquals(plain.body(), unpacked(packed.body()), path);
      // Or a cache between would hand the packed bytes to whoever cannot read them.
      for (HttpResponse<byte[]> either : List.of(plain, packed)) {
        String vary = either.headers().firstValue("Vary").orElse("");
        assertEquals("accept-encoding", vary.toLowerCase(Locale.ROOT), path);
      }
    }
  }

  /// Packing would cost time and save nothing.
  @Test
  void hashesAndSignaturesAreNotPacked() throws Exception {
    for (String path :
        List.of(
            "/logs/claims/tile/0/000.p/2",
            ENTRIES + index + "/receipt.cose",
            ENTRIES + index + "/receipt.cose?alg=ml-dsa-44",
            ENTRIES + index + "/statement.cose",
            "/scitt/claims/entries/" + base64url(entry.leafHash().bytes()))) {
      HttpResponse<byte[]> answer = get(path, "Accept-Encoding", "gzip");
      assertEquals(200, answer.statusCode(), path);
      String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity");
      assertEquals("identity", encoding, path);
    }
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static Set<String> caching(HttpResponse<byte[]> response) {
    String header = response.headers().firstValue("Cache-Control").orElse("");
    return Arrays.stream(header.split(",")).map(String::strip).collect(Collectors.toSet());
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String kid() throws IOException {
    TrustPolicy policy = TrustPolicy.parse(Files.readString(config.policy()));
    return policy.logKeys(LedgerFiles.ORIGIN + "/claims").stream()
        .filter(key -> key.type().algorithm() == KeyAlgorithm.ED25519)
        .map(key -> base64url(key.thumbprint().bytes()))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return HTTP.send(
        headers.length == 0 ? request.build() : request.headers(headers).build(),
        BodyHandlers.ofByteArray());
  }
}
