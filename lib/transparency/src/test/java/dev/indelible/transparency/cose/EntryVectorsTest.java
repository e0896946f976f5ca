package dev.indelible.transparency.cose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.Testdata;
import dev.indelible.transparency.canonical.CanonicalJson;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.note.Signer;
import dev.indelible.transparency.note.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Generates the vectors of `testdata/own/entry`, compares them with the files and reads them. To
/// write them anew after a change that was meant: `-Dindelible.vectors.write=true`.
class EntryVectorsTest {
  private static final String ISSUER = "urn:indelible:org:alder";
  private static final Signer SIGNER = TestKeys.ed25519Counting();
  private static final Hash KID = SIGNER.algorithm().thumbprint(SIGNER.publicKey());
  private static final HexFormat HEX = HexFormat.of();

  /// A batch of five and the place three in it: a path of three hashes.
  private static final List<Draft> DRAFTS = drafts(5);

  private static final Entry ENTRY = Entry.signBatch(ISSUER, DRAFTS, SIGNER).get(3);

  private final Map<String, byte[]> signed = new TreeMap<>();
  private final Map<String, byte[]> forged = new TreeMap<>();
  private final Map<String, byte[]> refused = new TreeMap<>();

  private static List<Draft> drafts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Draft("urn:uuid:" + i, Hash.leaf(new byte[] {(byte) i, 1})))
        .toList();
  }

  @Test
  void filesAreWhatTheGeneratorMakesAndAreReadLikeThat() throws IOException {
    genuine();
    places();
    signatures();
    contents();
    List<String> names = new ArrayList<>();
    check("signed", signed, names);
    check("forged", forged, names);
    check("refused", refused, names);
    assertEquals(names.stream().sorted().toList(), Testdata.list("own/entry"));
  }

  private static void check(String result, Map<String, byte[]> vectors, List<String> names)
      throws IOException {
    for (var vector : vectors.entrySet()) {
      Map<String, Json> members = new LinkedHashMap<>();
      members.put("entryHex", Json.string(HEX.formatHex(vector.getValue())));
      members.put("publicKeyHex", Json.string(HEX.formatHex(SIGNER.publicKey())));
      members.put("result", Json.string(result));
      String text = CanonicalJson.text(new JsonObject(members)) + "\n";
      String name = "own/entry/" + vector.getKey() + ".json";
      if (Boolean.getBoolean("indelible.vectors.write")) {
        Files.createDirectories(Testdata.file(name).getParent());
        Files.writeString(Testdata.file(name), text);
      }
      assertEquals(text, Testdata.text(name), name);
      assertEquals(result, judge(Testdata.json(name)), name);
      names.add(vector.getKey() + ".json");
    }
  }

  private static String judge(JsonObject vector) {
    byte[] bytes = HEX.parseHex(vector.findString("entryHex").orElseThrow());
    byte[] key = HEX.parseHex(vector.findString("publicKeyHex").orElseThrow());
    try {
      return Entry.parse(bytes).isSignedBy(key) ? "signed" : "forged";
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }

  private void genuine() {
    Draft draft = DRAFTS.getFirst();
    signed.put(
        "single", Entry.sign(ISSUER, draft.subject(), draft.statementRoot(), SIGNER).bytes());
    signed.put("batch-of-one", Entry.signBatch(ISSUER, drafts(1), SIGNER).getFirst().bytes());
    signed.put("batch", ENTRY.bytes());
    List<Entry> most = Entry.signBatch(ISSUER, drafts(Batch.MAX_SIZE), SIGNER);
    signed.put("batch-of-4096-last", most.getLast().bytes());
  }

  /// Size and index, each wrong in its own way.
  private void places() {
    forged.put("batch-other-index", placed(5, 2, 3));
    forged.put("batch-other-size", placed(6, 3, 3));
    refused.put("batch-index-with-shorter-path", placed(5, 4, 3));
    refused.put("batch-index-equals-size", placed(5, 5, 3));
    refused.put("batch-size-zero", placed(0, 0, 0));
    refused.put("batch-size-4097", placed(4097, 3, 13));
    refused.put("batch-size-and-index-swapped", placed(3, 5, 3));
    refused.put("batch-size-little-endian", placed(0x0500, 0x0300, 3));
    refused.put("batch-path-without-its-last-hash", placed(5, 3, 2));
    refused.put("batch-path-with-another-hash", placed(5, 3, 4));
    refused.put("batch-without-path", placed(5, 3, 0));
    refused.put("batch-without-place", entry(EntryForm.BATCH, Arrays.copyOf(field(), 64)));
    refused.put("batch-place-cut", entry(EntryForm.BATCH, Arrays.copyOf(field(), 67)));
  }

  private void signatures() {
    byte[] field = field();
    refused.put("single-with-path", entry(EntryForm.SINGLE, field));
    refused.put("single-signature-cut", entry(EntryForm.SINGLE, Arrays.copyOf(field, 63)));
    forged.put("single-with-signature-of-batch", entry(EntryForm.SINGLE, Arrays.copyOf(field, 64)));
    forged.put("batch-signature-of-single-entry", signedOver(toBeSigned(EntryForm.BATCH)));
    byte[] message = Batch.of(ISSUER, DRAFTS, KID).toBeSigned();
    forged.put("batch-signature-over-bare-root", signedOver(tail(message, 32)));
    forged.put("batch-signature-without-label", signedOver(tail(message, 40)));
    forged.put(
        "batch-signature-of-other-batch",
        signedOver(Batch.of(ISSUER, drafts(6), KID).toBeSigned()));
    forged.put("batch-flipped-signature", flipped(10));
    forged.put("batch-flipped-path", flipped(70));
  }

  private void contents() {
    String hex = HEX.formatHex(ENTRY.bytes());
    String root = DRAFTS.get(3).statementRoot().toHex();
    forged.put("batch-other-root", replaced(hex, root, Hash.EMPTY_TREE.toHex()));
    forged.put("batch-other-subject", replaced(hex, text("uuid:3"), text("uuid:2")));
    forged.put("batch-other-issuer", replaced(hex, text("alder"), text("birch")));
    forged.put("batch-other-key", replaced(hex, KID.toHex(), Hash.EMPTY_TREE.toHex()));
    refused.put("other-private-algorithm", replaced(hex, "3a00010000", "3a00010001"));
    refused.put("algorithm-in-nine-bytes", replaced(hex, "3a00010000", "3b0000000000010000"));
    refused.put("unprotected-header", replaced(hex, "a05820" + root, "a104405820" + root));
  }

  private static byte[] placed(int size, int index, int hashes) {
    byte[] field = Arrays.copyOf(field(), 68 + 32 * hashes);
    field[64] = (byte) (size >> 8);
    field[65] = (byte) size;
    field[66] = (byte) (index >> 8);
    field[67] = (byte) index;
    return entry(EntryForm.BATCH, field);
  }

  private static byte[] flipped(int at) {
    byte[] field = field();
    field[at] ^= 1;
    return entry(EntryForm.BATCH, field);
  }

  /// The entry with its path, under a signature over something else.
  private static byte[] signedOver(byte[] message) {
    byte[] field = field();
    System.arraycopy(SIGNER.sign(message), 0, field, 0, 64);
    return entry(EntryForm.BATCH, field);
  }

  private static byte[] field() {
    return tail(ENTRY.bytes(), 64 + 4 + 3 * 32);
  }

  private static byte[] toBeSigned(EntryForm form) {
    Draft draft = DRAFTS.get(3);
    return new EntryEncoder(form, ISSUER, KID).toBeSigned(draft.subject(), draft.statementRoot());
  }

  private static byte[] entry(EntryForm form, byte[] signatureField) {
    return EntryEncoder.entry(toBeSigned(form), signatureField);
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  private static String text(String ascii) {
    return HEX.formatHex(ascii.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static byte[] replaced(String hex, String from, String to) {
    if (hex.indexOf(from) < 0 || hex.indexOf(from) != hex.lastIndexOf(from)) {
      throw new IllegalArgumentException("not there once: " + from);
    }
    return HEX.parseHex(hex.replace(from, to));
  }
}
