package dev.indelible.faults.history;

import dev.indelible.local.Stack;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Batch;
import dev.indelible.transparency.cose.Draft;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Random requests of the claims-service to its log. About one entry in ten carries a unique token
/// that another one, often of another client, carries as well.
public final class Offers {
  static final String ISSUER = "urn:indelible:org:alder";
  private static final int DUPLICATE_PERCENT = 10;
  private static final String LOG = "/v1/logs/claims/";

  private final PemKey key;
  private final SplittableRandom random;
  private final List<Hash> used = new ArrayList<>();

  private Offers(PemKey key, long seed) {
    this.key = key;
    this.random = new SplittableRandom(seed);
  }

  /// Requests signed with the key of the stack's claims-service.
  public static Offers of(Stack stack, long seed) {
    try {
      String pem =
          Files.readString(stack.state().resolve("keys/issuers/claims-service.ed25519.pem"));
      return new Offers(PemKey.parse(KeyAlgorithm.ED25519, pem), seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An entry by itself.
  public synchronized Request single() {
    return single(token());
  }

  /// An entry by itself, with a token of the caller's choice.
  public synchronized Request single(Hash token) {
    Draft draft = draft();
    Entry entry = Entry.sign(ISSUER, draft.subject(), draft.statementRoot(), key);
    String body = "{\"entry\":\"" + base64(entry.bytes()) + "\"," + tokens(token) + "}";
    return new Request(LOG + "entries", ascii(body), List.of(new Offer(entry, token)));
  }

  /// A batch of new entries.
  public synchronized Request batch(int size) {
    List<Draft> drafts = new ArrayList<>();
    List<Hash> tokens = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      drafts.add(draft());
      tokens.add(token());
    }
    return batch(drafts, tokens);
  }

  /// A batch of these drafts in this order.
  public synchronized Request batch(List<Draft> drafts, List<Hash> tokens) {
    List<Entry> entries = Entry.signBatch(ISSUER, drafts, key);
    Hash kid = key.algorithm().thumbprint(key.publicKey());
    byte[] signature = key.sign(Batch.of(ISSUER, drafts, kid).toBeSigned());
    List<Offer> offers = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      offers.add(new Offer(entries.get(i), tokens.get(i)));
      statements.add(
          "{\"subject\":\"%s\",\"root\":\"%s\",%s}"
              .formatted(draft.subject(), draft.statementRoot(), tokens(tokens.get(i))));
    }
    String body =
        "{\"issuer\":\"%s\",\"kid\":\"%s\",\"signature\":\"%s\",\"statements\":[%s]}"
            .formatted(ISSUER, kid, base64(signature), String.join(",", statements));
    return new Request(LOG + "batches", ascii(body), offers);
  }

  /// A statement that nobody has made before.
  public synchronized Draft draft() {
    UUID subject = new UUID(random.nextLong(), random.nextLong());
    return new Draft("urn:uuid:" + subject, hash());
  }

  /// A random hash.
  public synchronized Hash hash() {
    byte[] bytes = new byte[Hash.LENGTH];
    random.nextBytes(bytes);
    return Hash.of(bytes);
  }

  private Hash token() {
    if (!used.isEmpty() && random.nextInt(100) < DUPLICATE_PERCENT) {
      return used.get(random.nextInt(used.size()));
    }
    Hash fresh = hash();
    used.add(fresh);
    return fresh;
  }

  private static String tokens(Hash token) {
    return "\"tokens\":[{\"name\":\"claim\",\"kind\":\"unique\",\"epoch\":1,\"digest\":\""
        + token
        + "\"}]";
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
