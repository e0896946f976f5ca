package dev.indelible.transparency.cose;

import static dev.indelible.transparency.cose.SmallLog.KEY;
import static dev.indelible.transparency.cose.SmallLog.ORIGIN;
import static dev.indelible.transparency.cose.SmallLog.QUANTUM_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.Testdata;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Generates the vectors of `testdata/own/receipt`, compares them with the files and reads them. To
/// write them anew after a change that was meant: `-Dindelible.vectors.write=true`.
class ReceiptVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final SmallLog LOG = SmallLog.of(8);
  private static final Hash LEAF = LOG.leaves().get(3);
  private static final TreeHead OLDER = LOG.head(5);
  private static final CoseReceipt VALID = LOG.receipt(3, KEY);

  private final Map<String, byte[]> holds = new TreeMap<>();
  private final Map<String, byte[]> forged = new TreeMap<>();
  private final Map<String, byte[]> refused = new TreeMap<>();

  @Test
  void filesAreWhatTheGeneratorMakesAndAreReadLikeThat() throws IOException {
    genuine();
    signatures();
    headers();
    proofs();
    List<String> names = new ArrayList<>();
    check("holds", holds, names);
    check("forged", forged, names);
    check("refused", refused, names);
    assertEquals(names.stream().sorted().toList(), Testdata.list("own/receipt"));
  }

  private static void check(String result, Map<String, byte[]> vectors, List<String> names)
      throws IOException {
    for (var vector : vectors.entrySet()) {
      Map<String, Json> members = new LinkedHashMap<>();
      members.put("leafHashHex", Json.string(LEAF.toHex()));
      members.put("logKey", Json.string(key(vector.getKey()).vkey()));
      members.put("olderRootHex", Json.string(OLDER.root().toHex()));
      members.put("olderSize", Json.number(OLDER.size()));
      members.put("receiptHex", Json.string(HEX.formatHex(vector.getValue())));
      members.put("result", Json.string(result));
      String text = CanonicalJson.text(new JsonObject(members)) + "\n";
      String name = "own/receipt/" + vector.getKey() + ".json";
      if (Boolean.getBoolean("indelible.vectors.write")) {
        Files.createDirectories(Testdata.file(name).getParent());
        Files.writeString(Testdata.file(name), text);
      }
      assertEquals(text, Testdata.text(name), name);
      assertEquals(result, judge(Testdata.json(name)), name);
      names.add(vector.getKey() + ".json");
    }
  }

  private static VerifierKey key(String name) {
    return name.startsWith("ml-dsa-44") ? QUANTUM_KEY : KEY;
  }

  private static String judge(JsonObject vector) {
    try {
      CoseReceipt receipt = CoseReceipt.parse(hex(vector, "receiptHex"));
      VerifierKey key = VerifierKey.parse(vector.findString("logKey").orElseThrow());
      TreeHead older = new TreeHead(OLDER.size(), Hash.of(hex(vector, "olderRootHex")));
      boolean proved =
          receipt.includes(Hash.of(hex(vector, "leafHashHex")), key)
              || receipt.isConsistentWith(older, key);
      return proved ? "holds" : "forged";
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }

  private static byte[] hex(JsonObject vector, String name) {
    return HEX.parseHex(vector.findString(name).orElseThrow());
  }

  private void genuine() {
    holds.put("ed25519-inclusion", VALID.bytes());
    holds.put("ml-dsa-44-inclusion", LOG.receipt(3, QUANTUM_KEY).bytes());
    byte[] signature = LOG.signature(KEY);
    holds.put("ed25519-consistency", CoseReceipt.of(KEY, LOG.consistency(5), signature).bytes());
    forged.put("other-leaf", LOG.receipt(4, KEY).bytes());
    forged.put("other-older-tree", CoseReceipt.of(KEY, LOG.consistency(6), signature).bytes());
  }

  private void signatures() {
    forged.put("signature-of-other-root", signed(SmallLog.of(9).signature(KEY)));
    String note = new Checkpoint(ORIGIN, LOG.head(8)).text();
    forged.put(
        "signature-of-checkpoint",
        signed(SmallLog.ED25519.sign(note.getBytes(StandardCharsets.UTF_8))));
    forged.put("signature-over-bare-root", signed(SmallLog.ED25519.sign(LOG.root().bytes())));
    byte[] flipped = LOG.signature(KEY);
    flipped[20] ^= 1;
    forged.put("flipped-signature", signed(flipped));
    refused.put("signature-cut", signed(Arrays.copyOf(LOG.signature(KEY), 63)));
    refused.put("signature-of-other-algorithm", signed(LOG.signature(QUANTUM_KEY)));
    VerifierKey other = VerifierKey.of("other.example/log", KeyType.ED25519, SmallLog.ED25519);
    forged.put("other-origin", LOG.receipt(3, other).bytes());
    forged.put("signature-for-other-origin", signed(LOG.signature(other)));
  }

  private static byte[] signed(byte[] signature) {
    return CoseReceipt.of(KEY, LOG.inclusion(3), signature).bytes();
  }

  /// The protected header, signed anew each time: only the reader can object.
  private void headers() {
    refused.put("algorithm-es256", header(h -> h.put(1L, -7L)));
    forged.put("other-key-id", header(h -> h.put(4L, Hash.EMPTY_TREE.bytes())));
    refused.put("key-id-cut", header(h -> h.put(4L, new byte[31])));
    refused.put("without-key-id", header(h -> h.remove(4L)));
    refused.put("without-claims", header(h -> h.remove(15L)));
    refused.put("other-subject", header(h -> h.put(15L, claims(ORIGIN, "urn:x"))));
    refused.put("without-data-structure", header(h -> h.remove(395L)));
    refused.put("other-data-structure", header(h -> h.put(395L, 2L)));
    refused.put("more-in-the-header", header(h -> h.put(396L, 1L)));
    refused.put(
        "labels-out-of-order",
        header(
            h -> {
              Object alg = h.remove(1L);
              h.put(1L, alg);
            }));
    CoseSign1 parts = CoseSign1.parse(VALID.bytes());
    refused.put("payload-attached", with(parts.unprotectedHeader, LOG.root().bytes()));
    Map<Object, Object> more = new LinkedHashMap<>();
    more.put(4L, new byte[0]);
    more.putAll(parts.unprotectedHeader);
    refused.put("more-in-the-unprotected-header", with(more, null));
    refused.put("untagged", Arrays.copyOfRange(VALID.bytes(), 1, VALID.bytes().length));
  }

  private static Map<Object, Object> claims(String issuer, String subject) {
    Map<Object, Object> claims = new LinkedHashMap<>();
    claims.put(1L, issuer);
    claims.put(2L, subject);
    return claims;
  }

  private static byte[] header(java.util.function.Consumer<Map<Object, Object>> change) {
    CoseSign1 parts = CoseSign1.parse(VALID.bytes());
    Map<Object, Object> header = new LinkedHashMap<>(parts.header());
    change.accept(header);
    byte[] encoded = Cbor.encode(header);
    byte[] signature = SmallLog.ED25519.sign(CoseSign1.toBeSigned(encoded, LOG.root().bytes()));
    return new CoseSign1(encoded, parts.unprotectedHeader, null, signature).encode();
  }

  private static byte[] with(Map<?, ?> unprotected, byte[] payload) {
    CoseSign1 parts = CoseSign1.parse(VALID.bytes());
    return new CoseSign1(parts.protectedHeader, unprotected, payload, parts.signature).encode();
  }

  private void proofs() {
    List<Object> path = new ArrayList<>();
    LOG.inclusion(3).path().forEach(hash -> path.add(hash.bytes()));
    byte[] valid = content(8L, 3L, path);
    forged.put("other-index", proof(-1L, content(8L, 2L, path)));
    forged.put("other-size", proof(-1L, content(16L, 3L, path)));
    forged.put("size-and-index-swapped", proof(-1L, content(8L, 7L, path)));
    refused.put("index-equals-size", proof(-1L, content(8L, 8L, path)));
    refused.put("size-zero", proof(-1L, content(0L, 0L, path)));
    refused.put("negative-index", proof(-1L, content(8L, -1L, path)));
    refused.put("empty-path", proof(-1L, content(1L, 0L, List.of())));
    refused.put("hash-cut", proof(-1L, content(8L, 3L, List.of(new byte[31]))));
    forged.put("path-cut", proof(-1L, content(8L, 3L, path.subList(0, 2))));
    List<Object> longer = new ArrayList<>(path);
    longer.add(Hash.EMPTY_TREE.bytes());
    forged.put("path-longer", proof(-1L, content(8L, 3L, longer)));
    refused.put("inclusion-as-consistency", proof(-2L, valid));
    refused.put("unknown-proof", proof(-3L, valid));
    refused.put("two-proofs", vdp(Map.of(-1L, List.of(valid, valid))));
    refused.put("no-proof", vdp(Map.of(-1L, List.of())));
    refused.put("proof-not-in-a-byte-string", vdp(Map.of(-1L, List.of(List.of(8L, 3L, path)))));
    refused.put("proof-with-more", proof(-1L, Cbor.encode(List.of(8L, 3L, path, 0L))));
  }

  private static byte[] content(long first, long second, List<?> path) {
    return Cbor.encode(List.of(first, second, path));
  }

  private static byte[] proof(long label, byte[] content) {
    return vdp(Map.of(label, List.of(content)));
  }

  private static byte[] vdp(Map<Long, Object> proofs) {
    return with(Map.of(396L, proofs), null);
  }
}
