package dev.indelible.bench;

import dev.indelible.local.Stack;
import dev.indelible.transparency.note.KeyAlgorithm;
import dev.indelible.transparency.note.PemKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;

/// One caller with a connection of its own, which appends to a log as a service does: a tenth of
/// what it sends carries a unique token that was used before.
final class Appender {
  /// Entries in a batch.
  static final int BATCH = 1_000;

  private static final int DUPLICATE_PERCENT = 10;

  private final Stack stack;
  private final Statements statements;
  private final Wire wire;
  private final Work work;

  /// What an appender does.
  ///
  /// @param log the log, and the first word of the service that writes to it
  /// @param tokens whether statements carry match tokens
  /// @param headers more header lines, each ending in CR LF
  record Work(String log, boolean tokens, String headers) {
    static final Work CLAIMS = new Work("claims", true, "");

    Work withoutTokens() {
      return new Work(log, false, headers);
    }

    /// With a header `Prefer` (RFC 7240).
    Work preferring(String preference) {
      return new Work(log, tokens, "Prefer: " + preference + "\r\n");
    }

    String service() {
      return log + "-service";
    }
  }

  private Appender(Stack stack, Work work, int seed) {
    this.stack = stack;
    this.work = work;
    try {
      PemKey issuer =
          PemKey.parse(
              KeyAlgorithm.ED25519,
              Files.readString(
                  stack.state().resolve("keys/issuers/" + work.service() + ".ed25519.pem")));
      this.statements =
          new Statements(issuer, System.nanoTime() + seed, DUPLICATE_PERCENT, work.tokens());
      this.wire = new Wire(URI.create(stack.ledger().url()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Callers that append one entry at a time.
  static List<Load.Caller> singles(Stack stack, Work work, int callers) {
    return IntStream.range(0, callers)
        .<Load.Caller>mapToObj(i -> new Appender(stack, work, i)::single)
        .toList();
  }

  /// Callers that append batches.
  static List<Load.Caller> batches(Stack stack, Work work, int callers) {
    return IntStream.range(0, callers)
        .<Load.Caller>mapToObj(i -> new Appender(stack, work, i)::batch)
        .toList();
  }

  private int single() throws IOException {
    require(post("entries", statements.single()), List.of(201, 409));
    return 1;
  }

  private int batch() throws IOException {
    require(post("batches", statements.batch(BATCH)), List.of(200));
    return BATCH;
  }

  private Wire.Answer post(String lane, byte[] body) throws IOException {
    String bearer = stack.tokens().ofService(work.service());
    String path = "/v1/logs/" + work.log() + "/" + lane;
    return wire.post(path, "Authorization: Bearer " + bearer + "\r\n" + work.headers(), body);
  }

  private static void require(Wire.Answer answer, List<Integer> statuses) throws IOException {
    if (!statuses.contains(answer.status())) {
      throw new IOException("append answered " + answer.status() + ": " + answer.body());
    }
  }
}
