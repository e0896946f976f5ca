// Verifies, offline and without any of Indelible's software, that a document is what was anchored.
//
//   java Verify.java DOCUMENT FILE.tlog-proof POLICY
//
// Needs only a JDK: 17 or later for Ed25519, 24 or later for ML-DSA. Exit codes: 0 MATCHES,
// 1 CONTRADICTED, 3 COULD NOT BE CHECKED, 2 wrong use. Opens the three files and nothing else.
//
// Formats: RFC 9162 (trees), C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof and
// tlog-policy, RFC 8785 (canonical JSON), RFC 9052 (COSE_Sign1). Licence: Apache-2.0.

import java.io.*;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.*;
import java.security.*;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.*;
import java.util.regex.*;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Verify {
  static final int ED25519 = 1, ED25519_COSIGNATURE = 4, ML_DSA_44_COSIGNATURE = 6;

  public static void main(String[] args) throws IOException {
    byte[][] files = new byte[3][];
    try {
      need(args.length == 3, "usage: java Verify.java DOCUMENT FILE.tlog-proof POLICY");
      for (int i = 0; i < 3; i++) files[i] = Files.readAllBytes(Path.of(args[i]));
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(e instanceof IOException ? "cannot read " + e.getMessage() : e.getMessage());
      System.exit(2);
    }
    System.exit(verify(files[0], files[1], files[2], new PrintStream(System.out, true, "UTF-8")));
  }

  /** Runs the checks, prints verdict and checks, and returns the exit code. */
  static int verify(byte[] document, byte[] proof, byte[] policy, PrintStream out) {
    Verify run = new Verify();
    run.check(document, proof, policy);
    int code = run.wrong ? 1 : run.unchecked ? 3 : 0;
    out.println(code == 0 ? "MATCHES" : code == 1 ? "CONTRADICTED" : "COULD NOT BE CHECKED");
    for (String line : run.lines) out.println("  " + line.replaceAll("[\\p{Cc}\\p{Cf}]", "\ufffd"));
    out.println("Does not prove that the content is true, or was filed honestly; anything about");
    out.println("fields that are withheld; that no later version exists. Network used: none.");
    return code;
  }

  final List<String> lines = new ArrayList<>();
  boolean wrong, unchecked;

  void ok(String text) { lines.add("✔ " + text); }
  void wrong(String text) { lines.add("✖ " + text); wrong = true; }
  void unchecked(String text) { lines.add("? " + text); unchecked = true; }

  interface Reader<T> { T read(); }

  <T> T read(String what, Reader<T> reader) {
    try {
      return reader.read();
    } catch (RuntimeException e) {
      unchecked(what + " not readable: " + e.getMessage());
      return null;
    }
  }

  void check(byte[] documentFile, byte[] proofFile, byte[] policyFile) {
    Document document = read("document", () -> new Document(documentFile));
    Proof proof = read("proof", () -> new Proof(carried(proofFile)));
    Policy policy = read("policy", () -> new Policy(carried(policyFile)));
    String fault = document == null ? null : document.fault();
    if (fault != null) wrong("document changed: " + fault);
    else if (document != null) ok("document unchanged: " + document.fields.size() + " fields");
    Map<String, Long> cosigned = new TreeMap<>();
    if (policy == null || proof == null || !logKey(policy, proof, cosigned)) {
      unchecked("place in the log and witnesses not checked: no checkpoint to trust");
    } else {
      String place = (proof.index + 1) + " of " + proof.size;
      if (document == null) unchecked("place in the log not checked: no entry");
      else if (proof.leadsFrom(leaf(document.entry))) ok("in the log at position " + place);
      else wrong("not in the log at position " + place);
      StringBuilder by = new StringBuilder("witnessed by " + cosigned.size() + " of " + policy.witnesses.size());
      cosigned.forEach((name, time) -> by.append(", ").append(name).append(' ').append(Instant.ofEpochSecond(time)));
      if (policy.met(policy.quorum, cosigned.keySet())) ok(by.toString());
      else unchecked(by + "; your policy asks for more");
    }
    if (document != null) lines.add("– issuer " + document.issuer + ": not checked by this program");
  }

  /** For each key type the policy lists for this log, one valid signature; none that is wrong. */
  boolean logKey(Policy policy, Proof proof, Map<String, Long> cosigned) {
    List<Key> keys = new ArrayList<>(policy.logs);
    keys.removeIf(key -> !key.name.equals(proof.origin));
    if (keys.isEmpty()) {
      unchecked("log not known to you: your policy has no key of " + proof.origin);
      return false;
    }
    Set<Integer> missing = new TreeSet<>();
    for (Key key : keys) missing.add(key.type);
    List<Key> all = new ArrayList<>(keys);
    all.addAll(policy.witnesses.values());
    boolean tooOld = false;
    for (Key key : all) {
      for (byte[] signature : proof.signaturesOf(key)) {
        Boolean valid = key.verify(proof, signature);
        if (valid == null) tooOld = true;
        else if (!valid) {
          wrong("a signature is wrong: that of " + key.name);
          return false;
        } else if (key.alias == null) missing.remove(key.type);
        else if (time(signature) > 0) cosigned.merge(key.alias, time(signature), Math::min);
      }
    }
    if (tooOld) unchecked("this Java " + System.getProperty("java.version")
        + " has no ML-DSA-44; JDK 24 or later can check the second kind of signatures too");
    keys.removeIf(key -> proof.signaturesOf(key).isEmpty());
    if (missing.isEmpty()) ok("log key is the one you hold: " + keys.size() + " of its signatures hold");
    else if (!tooOld) unchecked("log key not the one you hold: no signature of type " + missing);
    return missing.isEmpty() || tooOld && !missing.contains(ED25519);
  }

  // ---- document: disclosed fields, their commitments, and the entry they belong to --------------

  static final class Document {
    final List<Map<?, ?>> fields = new ArrayList<>();
    final byte[] entry, root;
    final String issuer;

    Document(byte[] file) {
      Map<?, ?> json = members(new Json(utf8(file)).whole(), "format", "entry", "fields");
      need("indelible/disclosure/v1".equals(json.get("format")), "not indelible/disclosure/v1");
      need(json.get("fields") instanceof List<?> l && !l.isEmpty(), "there are no fields");
      for (Object field : (List<?>) json.get("fields")) fields.add(field(field));
      entry = base64(json.get("entry"));
      // COSE_Sign1 in the one encoding that entries have: tag 18, protected header, empty
      // unprotected header, statement root, signature.
      need(entry.length <= 65535, "too long for an entry");
      Cbor cbor = new Cbor(entry).expect(0xd2, 0x84);
      Cbor header = new Cbor(cbor.string(2)).expect(0xa5, 0x01);
      // alg: EdDSA, or for private use "Ed25519 over a Merkle root", one signature for a batch.
      boolean batch = header.in.get(header.in.position()) != 0x27;
      header.expect(batch ? new int[] {0x3a, 0x00, 0x01, 0x00, 0x00} : new int[] {0x27}).expect(0x04);
      sized(header.string(2), 32);
      issuer = utf8(header.expect(0x0f, 0xa2, 0x01).string(3));
      utf8(header.expect(0x02).string(3));
      String type = utf8(header.expect(0x19, 0x01, 0x02, 0x2f, 0x19, 0x01, 0x03).string(3));
      need(type.equals("application/vnd.indelible.statement+json"), "another kind of entry");
      root = sized(cbor.expect(0xa0).string(2), 32);
      byte[] signature = cbor.string(2);
      sized(signature, batch ? batchSignatureLength(signature) : 64);
      need(!header.in.hasRemaining() && !cbor.in.hasRemaining(), "bytes behind the entry");
    }

    /** Ed25519 signature, size and index of 16 bits each, and a path as long as these say. */
    static int batchSignatureLength(byte[] signature) {
      ByteBuffer in = ByteBuffer.wrap(signature, 64, 4);
      int size = in.getShort() & 0xffff, index = in.getShort() & 0xffff;
      need(size <= 4096 && index < size, "no place " + index + " in a batch of " + size);
      int below = 32 - Integer.numberOfLeadingZeros(index ^ size - 1);
      return 64 + 4 + 32 * (below + Integer.bitCount(index >>> below));
    }

    static Map<?, ?> field(Object field) {
      if (field instanceof Map<?, ?> map && map.containsKey("commitment")) {
        sized(base64(members(field, "commitment").get("commitment")), 32);
      } else {
        Map<?, ?> map = members(field, "pointer", "value", "salt");
        sized(base64(map.get("salt")), 64);
        Object value = map.get("value");
        need(map.get("pointer") instanceof String && !(value instanceof Map) && !(value instanceof List),
            "not a field");
      }
      return (Map<?, ?>) field;
    }

    /** Why these are not the fields the entry commits to, or null. */
    String fault() {
      List<byte[]> leaves = new ArrayList<>();
      String last = "";
      for (Map<?, ?> field : fields) {
        if (field.get("pointer") instanceof String pointer) {
          boolean fraction = field.get("value") instanceof Num n && !n.literal.matches("-?[0-9]+");
          if (pointer.compareTo(last) <= 0 || fraction || !pointer.startsWith("/") || pointer.length() > 1024) {
            return "no statement holds the field " + pointer + " like this";
          }
          last = pointer;
          byte[] name = pointer.getBytes(UTF_8), value = canonical(field.get("value")).getBytes(UTF_8);
          leaves.add(leaf(sha256("indelible/field/v1\n".getBytes(UTF_8), base64(field.get("salt")),
              bytes(name.length >> 8, name.length), name, value)));
        } else {
          leaves.add(leaf(base64(field.get("commitment"))));
        }
      }
      byte[] actual = treeHash(leaves);
      return Arrays.equals(actual, root) ? null
          : "the fields hash to " + print(actual) + ", the entry commits to " + print(root);
    }
  }

  // ---- proof: tlog-proof, with the checkpoint as a signed note ----------------------------------

  static final class Proof {
    final long index, size;
    final String origin, note;
    final byte[] root;
    final List<byte[]> path = new ArrayList<>();
    final List<String[]> signatures = new ArrayList<>();

    Proof(String text) {
      int blank = text.indexOf("\n\n");
      need(blank > 0, "no blank line before the checkpoint");
      Deque<String> head = new ArrayDeque<>(List.of(text.substring(0, blank).split("\n", -1)));
      need(head.remove().equals("c2sp.org/tlog-proof@v1"), "not a tlog-proof");
      if (!head.isEmpty() && head.peek().startsWith("extra ")) head.remove();
      need(!head.isEmpty() && head.peek().startsWith("index "), "no index line");
      index = number(head.remove().substring(6));
      for (String line : head) path.add(sized(base64(line), 32));
      String signed = text.substring(blank + 2);
      int split = signed.lastIndexOf("\n\n");
      need(split >= 0, "no blank line before the signatures");
      note = signed.substring(0, split + 1);
      need(note.chars().noneMatch(c -> c < 0x20 && c != '\n'), "a control character");
      for (String line : signed.substring(split + 2).split("\n")) {
        String[] words = line.split(" ", -1);
        need(words.length == 3 && words[0].equals("—") && isKeyName(words[1])
            && base64(words[2]).length > 4, "not a signature line");
        signatures.add(words);
      }
      need(signatures.size() <= 100, "more than 100 signatures");
      String[] checkpoint = note.split("\n", -1);
      need(checkpoint.length == 4 && !checkpoint[0].isEmpty(), "not a checkpoint");
      origin = checkpoint[0];
      size = number(checkpoint[1]);
      root = sized(base64(checkpoint[2]), 32);
      need(index < size, "leaf index " + index + " is not in a tree of " + size);
    }

    List<byte[]> signaturesOf(Key key) {
      List<byte[]> found = new ArrayList<>();
      for (String[] line : signatures) {
        byte[] blob = base64(line[2]);
        if (line[1].equals(key.name) && Arrays.equals(blob, 0, 4, key.id, 0, 4)) found.add(tail(blob, 4));
      }
      return found;
    }

    /** RFC 9162 section 2.1.3.2. */
    boolean leadsFrom(byte[] hash) {
      long fn = index, sn = size - 1;
      for (byte[] p : path) {
        if (sn == 0) return false;
        if ((fn & 1) == 1 || fn == sn) {
          hash = sha256(bytes(1), p, hash);
          for (; (fn & 1) == 0 && fn != 0; fn >>= 1) sn >>= 1;
        } else {
          hash = sha256(bytes(1), hash, p);
        }
        fn >>= 1;
        sn >>= 1;
      }
      return sn == 0 && Arrays.equals(hash, root);
    }
  }

  // ---- policy: tlog-policy, and the keys it names -----------------------------------------------

  static final class Policy {
    final List<Key> logs = new ArrayList<>();
    final Map<String, Key> witnesses = new LinkedHashMap<>();
    final Map<String, List<String>> groups = new HashMap<>(); // threshold, then members
    final Set<String> used = new HashSet<>(); // public keys, and members of groups
    String quorum;

    Policy(String text) {
      for (String raw : text.split("\n")) {
        String line = raw.replaceAll("^[ \t]+|[ \t]+$", "");
        need(line.chars().noneMatch(c -> c < 0x20 && c != '\t' || c == 0x7f), "a control character");
        if (line.isEmpty() || line.startsWith("#")) continue;
        List<String> w = List.of(line.split("[ \t]+"));
        int n = w.size();
        if (w.get(0).equals("log") && (n == 2 || n == 3)) logs.add(key(w.get(1), null));
        else if (w.get(0).equals("witness") && (n == 3 || n == 4)) {
          need(isNew(w.get(1)), "the name is taken: " + line);
          witnesses.put(w.get(1), key(w.get(2), w.get(1)));
        } else if (w.get(0).equals("group") && n > 3) group(w.get(1), w.get(2), w.subList(3, n));
        else {
          need(w.get(0).equals("quorum") && n == 2 && quorum == null, "this means nothing here: " + line);
          quorum = w.get(1);
          need(quorum.equals("none") || !isNew(quorum), quorum + " is not defined above");
        }
      }
      need(quorum != null, "no quorum line");
    }

    Key key(String vkey, String alias) {
      Key key = new Key(vkey, alias);
      need(alias == null || key.type != ED25519, "a witness needs a cosignature key: " + alias);
      need(used.add("key " + print(key.raw)), "a key is used twice: " + vkey);
      return key;
    }

    void group(String name, String k, List<String> members) {
      for (String m : members) {
        need(!isNew(m) && !m.equals("none") && used.add("member " + m), "not a possible member: " + m);
      }
      k = k.equals("all") ? "" + members.size() : k.equals("any") ? "1" : k;
      need(k.matches("[1-9][0-9]{0,3}") && Integer.parseInt(k) <= members.size(), "bad threshold " + k);
      need(isNew(name), "the name is taken: " + name);
      groups.put(name, new ArrayList<>(members));
      groups.get(name).add(0, k);
    }

    boolean isNew(String name) {
      return !name.equals("none") && !witnesses.containsKey(name) && !groups.containsKey(name);
    }

    boolean met(String name, Set<String> cosigned) {
      if (name.equals("none") || cosigned.contains(name)) return true;
      List<String> group = groups.get(name);
      return group != null && group.stream().skip(1).filter(m -> met(m, cosigned)).count()
          >= Integer.parseInt(group.get(0));
    }
  }

  static final class Key {
    final String name, alias;
    final int type;
    final byte[] id, raw;

    Key(String vkey, String alias) {
      Matcher parts = Pattern.compile("([^+]*)\\+([^+]*)\\+(.*)").matcher(vkey);
      need(parts.matches() && isKeyName(parts.group(1)), "not a key: " + vkey);
      byte[] typed = base64(parts.group(3));
      this.name = parts.group(1);
      this.alias = alias;
      this.raw = tail(typed, 1);
      this.type = typed[0];
      boolean ed25519 = type == ED25519 || type == ED25519_COSIGNATURE;
      need(ed25519 || type == ML_DSA_44_COSIGNATURE, "not a kind of key this program knows: " + vkey);
      sized(raw, ed25519 ? 32 : 1312);
      this.id = Arrays.copyOf(sha256(name.getBytes(UTF_8), bytes('\n'), typed), 4);
      need(HexFormat.of().formatHex(id).equals(parts.group(2)), "the id is not this key's: " + vkey);
    }

    /** Whether the signature holds; null when this Java lacks the algorithm. */
    Boolean verify(Proof proof, byte[] signature) {
      boolean postQuantum = type == ML_DSA_44_COSIGNATURE;
      int skip = type == ED25519 ? 0 : 8;
      if (signature.length != skip + (postQuantum ? 2420 : 64)) return false;
      long time = skip == 0 ? 0 : time(signature);
      if (time < 0) return false;
      String prefix = skip == 0 ? "" : "cosignature/v1\ntime " + time + "\n";
      byte[] message = postQuantum ? subtree(proof, time) : (prefix + proof.note).getBytes(UTF_8);
      String algorithm = postQuantum ? "ML-DSA-44" : "Ed25519";
      byte[] spki = HexFormat.of().parseHex(postQuantum // RFC 9881, RFC 8410
          ? "30820532300b0609608648016503040311" + "0382052100" : "302a300506032b6570032100");
      try {
        KeyFactory keys = KeyFactory.getInstance(algorithm);
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(keys.generatePublic(new X509EncodedKeySpec(join(spki, raw))));
        verifier.update(message);
        return verifier.verify(tail(signature, skip));
      } catch (NoSuchAlgorithmException e) {
        return null;
      } catch (GeneralSecurityException e) {
        return false;
      }
    }

    /** What an ML-DSA-44 cosignature signs (tlog-cosignature, type 0x06). */
    byte[] subtree(Proof proof, long time) {
      byte[] cosigner = name.getBytes(UTF_8), origin = proof.origin.getBytes(UTF_8);
      return join("subtree/v1\n\0".getBytes(UTF_8), bytes(cosigner.length), cosigner, u64(time),
          bytes(origin.length), origin, u64(0), u64(proof.size), proof.root);
    }
  }

  // ---- JSON (RFC 8259, strict) and CBOR ---------------------------------------------------------

  record Num(String literal) {}

  static final class Json {
    static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    final Matcher in;
    final String text;
    int at;

    Json(String text) { this.text = text; in = Pattern.compile("").matcher(text); }

    Object whole() {
      Object value = value(0);
      need(at == text.length(), "text after the JSON value");
      return value;
    }

    boolean accept(String c) {
      boolean found = text.startsWith(c, at);
      if (found) at += c.length();
      if (found || c.isEmpty()) while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
      return found;
    }

    String token(Pattern pattern) {
      need(in.usePattern(pattern).region(at, text.length()).lookingAt(), "not JSON at character " + at);
      at = in.end();
      return in.group();
    }

    /** Reads a value and the white space around it. */
    Object value(int depth) {
      need(depth <= 64, "JSON nested too deep");
      accept("");
      if (accept("true")) return true;
      if (accept("false")) return false;
      if (accept("null")) return Optional.empty();
      Object value;
      if (accept("{")) value = map(depth);
      else if (accept("[")) value = list(depth);
      else value = text.startsWith("\"", at) ? string() : number();
      accept("");
      return value;
    }

    Num number() {
      String literal = token(NUMBER);
      double size = Math.abs(Double.parseDouble(literal));
      need(in.end(1) == in.end() ? size <= 9007199254740991.0 : Double.isFinite(size), "an unsafe number");
      return new Num(literal);
    }

    Map<String, Object> map(int depth) {
      Map<String, Object> map = new LinkedHashMap<>();
      if (accept("}")) return map;
      do {
        String name = string();
        accept("");
        need(accept(":"), "':' is expected");
        need(map.put(name, value(depth + 1)) == null, "member " + name + " is given twice");
      } while (accept(","));
      need(accept("}"), "'}' is expected");
      return map;
    }

    List<Object> list(int depth) {
      List<Object> list = new ArrayList<>();
      if (accept("]")) return list;
      do list.add(value(depth + 1)); while (accept(","));
      need(accept("]"), "']' is expected");
      return list;
    }

    String string() {
      need(text.startsWith("\"", at++), "a text is expected");
      StringBuilder out = new StringBuilder();
      for (char c = next(); c != '"'; c = next()) {
        need(c >= 0x20, "a control character in a text");
        out.append(c == '\\' ? escape(next()) : c);
      }
      need(UTF_8.newEncoder().canEncode(out), "a lone surrogate");
      return out.toString();
    }

    char next() {
      need(at < text.length(), "the JSON text ends early");
      return text.charAt(at++);
    }

    char escape(char c) {
      String hex = c == 'u' ? "" + next() + next() + next() + next() : "";
      int known = "\"\\/bfnrt".indexOf(c);
      need(known >= 0 || hex.matches("[0-9a-fA-F]{4}"), "a bad escape");
      return known >= 0 ? "\"\\/\b\f\n\r\t".charAt(known) : (char) Integer.parseInt(hex, 16);
    }
  }

  /** RFC 8785 for what statements hold: text, integers, true, false, null. */
  static String canonical(Object value) {
    if (value instanceof Num n) return n.literal.equals("-0") ? "0" : n.literal;
    if (!(value instanceof String s)) return value instanceof Boolean ? "" + value : "null";
    StringBuilder out = new StringBuilder("\"");
    for (char c : s.toCharArray()) {
      int known = "\"\\\b\f\n\r\t".indexOf(c);
      out.append(known >= 0 ? "\\" + "\"\\bfnrt".charAt(known)
          : c < 0x20 ? String.format("\\u%04x", (int) c) : "" + c);
    }
    return out.append('"').toString();
  }

  record Cbor(ByteBuffer in) {
    Cbor(byte[] bytes) { this(ByteBuffer.wrap(bytes)); }

    Cbor expect(int... bytes) {
      for (int b : bytes) need(in.get() == (byte) b, "not an entry");
      return this;
    }

    /** A byte (2) or text (3) string whose length is written in the shortest way. */
    byte[] string(int major) {
      int head = (in.get() & 0xff) - (major << 5);
      need(head >= 0 && head <= 25, "not an entry");
      int length = head < 24 ? head : head == 24 ? in.get() & 0xff : in.getShort() & 0xffff;
      need(length <= in.remaining() && length >= (head == 24 ? 24 : head == 25 ? 256 : 0), "not an entry");
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }
  }

  // ---- small tools ------------------------------------------------------------------------------

  static void need(boolean condition, String otherwise) {
    if (!condition) throw new IllegalArgumentException(otherwise);
  }

  static String utf8(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8 text");
    }
  }

  /** The text of a file that may have travelled: line ends are the carrier's. */
  static String carried(byte[] file) {
    return utf8(file).replace("\r\n", "\n").replaceFirst("\n*\\z", "\n");
  }

  static boolean isKeyName(String name) {
    return !name.isEmpty() && name.codePoints().noneMatch(c -> c <= 0x20 || c == '+' || c == 0x85
        || Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  static long number(String text) {
    need(text.matches("0|[1-9][0-9]{0,17}"), "not a number: " + text);
    return Long.parseLong(text);
  }

  static Map<?, ?> members(Object value, String... names) {
    need(value instanceof Map<?, ?> map && map.keySet().equals(Set.of(names)), "unexpected members");
    return (Map<?, ?>) value;
  }

  static byte[] base64(Object text) {
    need(text instanceof String, "a text is expected");
    byte[] bytes = Base64.getDecoder().decode((String) text);
    need(print(bytes).equals(text), "not canonical base64");
    return bytes;
  }

  static byte[] sized(byte[] bytes, int length) {
    need(bytes.length == length, bytes.length + " bytes where " + length + " are expected");
    return bytes;
  }

  static String print(byte[] bytes) { return Base64.getEncoder().encodeToString(bytes); }
  static long time(byte[] signature) { return signature.length < 8 ? 0 : ByteBuffer.wrap(signature).getLong(); }
  static byte[] u64(long value) { return ByteBuffer.allocate(8).putLong(value).array(); }
  static byte[] tail(byte[] bytes, int from) { return Arrays.copyOfRange(bytes, from, bytes.length); }
  static byte[] leaf(byte[] entry) { return sha256(bytes(0), entry); }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) out.writeBytes(part);
    return out.toByteArray();
  }

  static byte[] sha256(byte[]... parts) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(join(parts));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 9162 section 2.1.1, from leaf hashes. */
  static byte[] treeHash(List<byte[]> leaves) {
    int n = leaves.size(), k = Integer.highestOneBit(Math.max(n - 1, 1));
    return n == 1 ? leaves.get(0)
        : sha256(bytes(1), treeHash(leaves.subList(0, k)), treeHash(leaves.subList(k, n)));
  }
}
