package dev.indelible.bench;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Batch;
import dev.indelible.transparency.cose.Draft;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.PemKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// Requests of one caller: random statements of one organisation, each with one unique token, of
/// which a share has been used before. Entries signed alone are about 300 bytes.
final class Statements {
  private static final String ISSUER = "urn:indelible:org:alder";
  private static final int REMEMBERED = 4_096;

  private final PemKey key;
  private final SplittableRandom random;
  private final int duplicatePercent;
  private final boolean tokens;
  private final Deque<String> used = new ArrayDeque<>();

  /// @param duplicatePercent how many of a hundred carry a token that was used before
  /// @param tokens whether there are tokens at all
  Statements(PemKey key, long seed, int duplicatePercent, boolean tokens) {
    this.key = key;
    this.random = new SplittableRandom(seed);
    this.duplicatePercent = duplicatePercent;
    this.tokens = tokens;
  }

  /// The body of a single append.
  byte[] single() {
    Draft draft = draft();
    Entry entry = Entry.sign(ISSUER, draft.subject(), draft.statementRoot(), key);
    String body =
        "{\"entry\":\"" + Base64.getEncoder().encodeToString(entry.bytes()) + "\"" + token() + "}";
    return body.getBytes(StandardCharsets.US_ASCII);
  }

  /// The body of a batch.
  byte[] batch(int size) {
    List<Draft> drafts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      drafts.add(draft());
    }
    Hash kid = key.algorithm().thumbprint(key.publicKey());
    byte[] signature = key.sign(Batch.of(ISSUER, drafts, kid).toBeSigned());
    StringBuilder body = new StringBuilder(size * 280);
    body.append("{\"issuer\":\"").append(ISSUER).append("\",\"kid\":\"").append(kid.toBase64());
    body.append("\",\"signature\":\"").append(Base64.getEncoder().encodeToString(signature));
    body.append("\",\"statements\":[");
    for (int i = 0; i < size; i++) {
      Draft draft = drafts.get(i);
      body.append(i == 0 ? "" : ",").append("{\"subject\":\"").append(draft.subject());
      body.append("\",\"root\":\"").append(draft.statementRoot().toBase64()).append('"');
      body.append(token()).append('}');
    }
    return body.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private Draft draft() {
    String subject = "urn:uuid:" + new java.util.UUID(random.nextLong(), random.nextLong());
    return new Draft(subject, Hash.of(bytes()));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[Hash.LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }

  private String token() {
    if (!tokens) {
      return "";
    }
    return ",\"tokens\":[{\"name\":\"bench\",\"kind\":\"unique\",\"epoch\":1,\"digest\":\""
        + digest()
        + "\"}]";
  }

  private String digest() {
    if (used.size() == REMEMBERED && random.nextInt(100) < duplicatePercent) {
      String before = used.removeFirst();
      used.addLast(before);
      return before;
    }
    String fresh = Base64.getEncoder().encodeToString(bytes());
    used.addLast(fresh);
    if (used.size() > REMEMBERED) {
      used.removeFirst();
    }
    return fresh;
  }
}
