package dev.indelible.verifier;

import static dev.indelible.verifier.World.LOG;
import static dev.indelible.verifier.World.LOG_PQ;
import static dev.indelible.verifier.World.ORIGIN;
import static dev.indelible.verifier.World.W1;
import static dev.indelible.verifier.World.W2;
import static dev.indelible.verifier.World.W3;
import static dev.indelible.verifier.World.WPQ;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.NoteSigner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The shared corpus: a name for each mutation, and the verdict that is right for it.
final class Cases {
  private static final int MATCHES = 0;
  private static final int CONTRADICTED = 1;
  private static final int COULD_NOT = 3;

  private final List<Case> cases = new ArrayList<>();
  private final String policy = World.policy(LOG, LOG_PQ);
  private final Case valid =
      new Case(
          "valid",
          MATCHES,
          World.document(pointer -> true),
          World.proof(ORIGIN, World.leaves(), World.INDEX, LOG, LOG_PQ, W1, W3),
          policy);

  static List<Case> all() {
    Cases all = new Cases();
    all.genuine();
    all.carriers();
    all.documents();
    all.entries();
    all.proofs();
    all.checkpoints();
    all.policies();
    return List.copyOf(all.cases);
  }

  /// The valid case with these leaf bytes as its entry.
  static Case of(byte[] entry) {
    return new Cases().entry(entry);
  }

  private void genuine() {
    cases.add(valid);
    add("withheld-fields", MATCHES, valid.document(World.document(p -> p.startsWith("/claim"))));
    add("everything-withheld", MATCHES, valid.document(World.document(p -> false)));
    add("all-witnesses", MATCHES, signed(LOG, LOG_PQ, W1, W2, W3));
    add("unknown-signature-lines", MATCHES, signed(WPQ, W2, World.OTHER_LOG, LOG_PQ, LOG, W1));
    List<Hash> single = List.of(World.ENTRY.leafHash());
    add(
        "log-of-one-entry",
        MATCHES,
        valid.proof(World.proof(ORIGIN, single, 0, LOG, LOG_PQ, W1, W2)));
    String classic = World.policy(LOG);
    add("ed25519-policy", MATCHES, signed(LOG, W1, W2).policy(classic));
    add("quorum-none", MATCHES, signed(LOG, LOG_PQ).policy(quorum("none")));
    String postQuantum =
        policy
            .replace("group", "witness pq " + WPQ.key().vkey() + "\ngroup")
            .replace("quorum witnesses", "group both all witnesses pq\nquorum both");
    add("ml-dsa-witness", MATCHES, signed(LOG, LOG_PQ, W1, W2, WPQ).policy(postQuantum));
    add("ml-dsa-witness-missing", COULD_NOT, signed(LOG, LOG_PQ, W1, W2, W3).policy(postQuantum));
  }

  /// What mail programs and editors do to files.
  private void carriers() {
    add("trailing-newline", MATCHES, edited("\n", "\n", valid.proof() + "\n"));
    add("document-trailing-newline", MATCHES, valid.document(valid.document() + "\r\n"));
    add("missing-last-newline", MATCHES, valid.proof(valid.proof().stripTrailing()));
    Case windows = valid.proof(valid.proof().replace("\n", "\r\n"));
    add("windows-line-ends", MATCHES, windows.policy(policy.replace("\n", "\r\n")));
    add(
        "document-with-spaces",
        MATCHES,
        valid.document(valid.document().replace("\":", "\" :\n ")));
    add("extra-line", MATCHES, valid.proof(valid.proof().replace("index", "extra QUJD\nindex")));
  }

  private Case edited(String from, String to, String proof) {
    return valid.proof(proof.replace(from, to));
  }

  private void documents() {
    document("edited-document", CONTRADICTED, ":64000", ":498000");
    document("edited-text", CONTRADICTED, "\"EUR\"", "\"USD\"");
    document("edited-truth-value", CONTRADICTED, ":false", ":true");
    document("edited-type", CONTRADICTED, ":64000", ":\"64000\"");
    document("fraction-that-rounds-away", CONTRADICTED, ":64000", ":64000.00000000000000001");
    document("other-spelling-of-number", CONTRADICTED, ":64000", ":6.4e4");
    document("edited-pointer", CONTRADICTED, "/claim/currency", "/claim/currencz");
    document("fields-out-of-order", CONTRADICTED, "/claim/billedMinor", "/zz");
    document("field-given-twice", CONTRADICTED, "/claim/currency", "/claim/billedMinor");
    String all = valid.document();
    int first = all.indexOf("{\"pointer\"");
    int second = all.indexOf("{\"pointer\"", first + 1);
    String field = all.substring(first, second);
    add("removed-field", CONTRADICTED, valid.document(all.replace(field, "")));
    add("added-field", CONTRADICTED, valid.document(all.replace(field, field + field)));
    document("value-beside-commitment", COULD_NOT, "\"salt\":", "\"commitment\":\"\",\"salt\":");
    document("unknown-member", COULD_NOT, "{\"entry\"", "{\"checked\":true,\"entry\"");
    document("member-given-twice", COULD_NOT, ":64000", ":1,\"value\":64000");
    document("other-format", COULD_NOT, "disclosure/v1", "disclosure/v2");
    document("no-fields", COULD_NOT, all.substring(all.indexOf("[{"), all.indexOf("}]") + 2), "[]");
    add("truncated-document", COULD_NOT, valid.document(all.substring(0, all.length() / 2)));
    add("empty-document", COULD_NOT, valid.document(""));
    add("forged-entry", CONTRADICTED, valid.document(forged()));
    add(
        "broken-entry",
        COULD_NOT,
        valid.document(all.replaceFirst("\"entry\":\"0oR", "\"entry\":\"0oQ")));
  }

  /// Another amount, with commitments, root and signature made anew by a stranger.
  private static String forged() {
    var fields = new java.util.TreeMap<>(World.STATEMENT.fields());
    fields.put("/claim/billedMinor", dev.indelible.transparency.canonical.Json.number(498_000));
    var statement = new dev.indelible.transparency.statement.Statement(fields);
    Entry entry =
        Entry.sign(
            World.ENTRY.issuer(),
            World.ENTRY.subject(),
            World.OPENING.commit(statement).root(),
            World.W1.signer());
    return dev.indelible.transparency.canonical.CanonicalJson.text(
        dev.indelible.transparency.statement.Disclosure.of(
                entry, statement, World.OPENING, p -> true)
            .toJson());
  }

  private void document(String name, int code, String from, String to) {
    add(name, code, valid.document(replaceOnce(valid.document(), from, to)));
  }

  /// Entries in other forms, each with a receipt of its own: the entry alone is at fault.
  private void entries() {
    byte[] batch = World.BATCH_ENTRY.bytes();
    add("batch-entry", MATCHES, entry(batch));
    add("batch-entry-of-one", MATCHES, entry(World.batch(1).getFirst().bytes()));
    int place = batch.length - 4 - 3 * 32;
    add("batch-entry-path-cut", COULD_NOT, entry(signature(batch, 64 + 4 + 2 * 32)));
    add("batch-entry-longer-path", COULD_NOT, entry(signature(batch, 64 + 4 + 4 * 32)));
    add("batch-entry-without-place", COULD_NOT, entry(signature(batch, 64)));
    add("batch-entry-size-zero", COULD_NOT, entry(edited(batch, place, 0, 0)));
    add("batch-entry-size-4100", COULD_NOT, entry(edited(batch, place, 0x10, 4)));
    add("batch-entry-index-equals-size", COULD_NOT, entry(edited(batch, place, 0, 5, 0, 5)));
    add("batch-entry-index-with-shorter-path", COULD_NOT, entry(edited(batch, place + 2, 0, 4)));
    byte[] single = World.ENTRY.bytes();
    int algorithm = 2 + 2 + 2; // tag and array, head of the header, map and label
    add("entry-with-other-algorithm", COULD_NOT, entry(edited(single, algorithm, 0x26)));
    add("batch-entry-with-other-algorithm", COULD_NOT, entry(edited(batch, algorithm + 4, 1)));
    add("entry-with-batch-signature", COULD_NOT, entry(signature(single, 64 + 4 + 3 * 32)));
    add("entry-with-cut-signature", COULD_NOT, entry(signature(single, 63)));
  }

  private Case entry(byte[] bytes) {
    String from = Base64.getEncoder().encodeToString(World.ENTRY.bytes());
    String to = Base64.getEncoder().encodeToString(bytes);
    return valid
        .document(replaceOnce(valid.document(), from, to))
        .proof(World.proof(ORIGIN, World.leaves(bytes), World.INDEX, LOG, LOG_PQ, W1, W3));
  }

  private static byte[] edited(byte[] entry, int at, int... values) {
    byte[] edited = entry.clone();
    for (int i = 0; i < values.length; i++) {
      edited[at + i] = (byte) values[i];
    }
    return edited;
  }

  /// The entry with its signature cut, or made longer with zeros, to a length of one byte.
  private static byte[] signature(byte[] entry, int length) {
    String root = World.ENTRY.statementRoot().toHex();
    int payloadEnd = HexFormat.of().formatHex(entry).indexOf(root) / 2 + 32;
    byte[] changed = Arrays.copyOf(entry, payloadEnd + 2 + length);
    changed[payloadEnd + 1] = (byte) length;
    return changed;
  }

  private void proofs() {
    String text = valid.proof();
    String[] lines = text.split("\n", -1);
    String hash = lines[2];
    String other = World.leaves().getFirst().toBase64();
    proof("edited-proof", CONTRADICTED, hash, other);
    proof("removed-hash", CONTRADICTED, hash + "\n", "");
    proof("added-hash", CONTRADICTED, hash, hash + "\n" + hash);
    proof("swapped-hashes", CONTRADICTED, hash + "\n" + lines[3], lines[3] + "\n" + hash);
    proof("other-index", CONTRADICTED, "index 6", "index 7");
    proof("index-beyond-size", COULD_NOT, "index 6", "index 11");
    proof("index-with-zero", COULD_NOT, "index 6", "index 06");
    proof("loose-base64", COULD_NOT, hash, hash.replace("=", ""));
    proof("other-version", COULD_NOT, "tlog-proof@v1", "tlog-proof@v2");
    add("truncated", COULD_NOT, valid.proof(text.substring(0, 150)));
    add("truncated-in-signature", COULD_NOT, valid.proof(text.substring(0, text.length() - 60)));
    add("empty-proof", COULD_NOT, valid.proof(""));
    add(
        "proof-of-other-entry",
        CONTRADICTED,
        valid.proof(World.proof(ORIGIN, World.leaves(), 3, LOG, LOG_PQ, W1, W3)));
  }

  private void proof(String name, int code, String from, String to) {
    add(name, code, valid.proof(replaceOnce(valid.proof(), from, to)));
  }

  private void checkpoints() {
    proof("edited-size", CONTRADICTED, "\n11\n", "\n12\n");
    String root = World.checkpoint(ORIGIN, World.leaves()).split("\n")[2];
    proof("edited-root", CONTRADICTED, root, World.leaves().getFirst().toBase64());
    proof("extension-line", COULD_NOT, root, root + "\nmore");
    flipped("flipped-ed25519-signature", LOG);
    flipped("flipped-ml-dsa-signature", LOG_PQ);
    flipped("flipped-cosignature", W3);
    add("hybrid-signature-stripped", COULD_NOT, signed(LOG, W1, W2, W3));
    add("ed25519-signature-stripped", COULD_NOT, signed(LOG_PQ, W1, W2, W3));
    add("too-few-witnesses", COULD_NOT, signed(LOG, LOG_PQ, W2));
    add("one-witness-twice", COULD_NOT, signed(LOG, LOG_PQ, W2, W2));
    add("stranger-as-witness", COULD_NOT, signed(LOG, LOG_PQ, W2, WPQ));
    String text = World.checkpoint(ORIGIN, World.leaves());
    String timeless =
        valid.proof().substring(0, valid.proof().indexOf("— w3")) + W3.sign(text, 0).line();
    add("cosignature-without-time", COULD_NOT, valid.proof(timeless));
    add(
        "other-log",
        COULD_NOT,
        valid.proof(
            World.proof("other.example/log", World.leaves(), World.INDEX, LOG, LOG_PQ, W1, W3)));
  }

  private void flipped(String name, NoteSigner signer) {
    String text = World.checkpoint(ORIGIN, World.leaves());
    NoteSignature line = signer.sign(text, World.TIME);
    byte[] blob = Base64.getDecoder().decode(line.blob());
    blob[blob.length - 20] ^= 1;
    String changed = Base64.getEncoder().encodeToString(blob);
    proof(name, CONTRADICTED, line.blob(), changed);
  }

  private void policies() {
    add("wrong-key", COULD_NOT, valid.policy(World.policy(World.OTHER_LOG, LOG_PQ)));
    add("both-old-and-new-key", MATCHES, valid.policy(World.policy(World.OTHER_LOG, LOG, LOG_PQ)));
    add("higher-quorum", COULD_NOT, valid.policy(policy.replace("witnesses 2", "witnesses all")));
    add("policy-without-quorum", COULD_NOT, valid.policy(policy.replace("quorum witnesses", "")));
    add("policy-with-typing-error", COULD_NOT, valid.policy(policy.replace("group", "gruop")));
    add(
        "policy-key-id-wrong",
        COULD_NOT,
        valid.policy(policy.replaceFirst("claims\\+.", "claims+g")));
    add("empty-policy", COULD_NOT, valid.policy(""));
    // A contradiction is a contradiction even where something else could not be checked.
    Case edited = valid.document(replaceOnce(valid.document(), ":64000", ":64001"));
    add(
        "edited-document-and-wrong-key",
        CONTRADICTED,
        edited.policy(World.policy(World.OTHER_LOG)));
    add("edited-document-and-truncated-proof", CONTRADICTED, edited.proof("c2sp"));
  }

  private String quorum(String name) {
    return policy.replace("quorum witnesses", "quorum " + name);
  }

  private Case signed(NoteSigner... signers) {
    return valid.proof(World.proof(ORIGIN, World.leaves(), World.INDEX, signers));
  }

  private void add(String name, int code, Case changed) {
    cases.add(changed.expect(name, code));
  }

  private static String replaceOnce(String text, String from, String to) {
    int at = text.indexOf(from);
    if (at < 0) {
      throw new IllegalArgumentException("nothing to change: " + from);
    }
    return text.substring(0, at) + to + text.substring(at + from.length());
  }
}
