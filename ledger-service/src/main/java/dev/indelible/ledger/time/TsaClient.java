package dev.indelible.ledger.time;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/// Asks a time-stamping authority over HTTP (RFC 3161 §3.4).
final class TsaClient {
  private static final long MAX_REPLY_BYTES = 64 * 1024;
  private static final int NONCE_BITS = 128;

  private final HttpClient http = HttpClient.newHttpClient();
  private final SecureRandom random = new SecureRandom();
  private final URI url;
  private final Duration within;

  TsaClient(URI url, Duration within) {
    this.url = url;
    this.within = within;
  }

  /// The answer to this very question. Whether its signer is believed is the caller's affair.
  ///
  /// @throws IOException when there is no answer
  /// @throws TimestampException when it is an answer to something else
  TimestampReply ask(byte[] message) throws IOException, TimestampException, InterruptedException {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request =
        generator.generate(
            TimestampTrust.DIGEST,
            TimestampTrust.digest(message),
            new BigInteger(NONCE_BITS, random));
    TimestampReply reply = TimestampReply.parse(post(request.getEncoded()));
    reply.requireAnswerTo(request);
    return reply;
  }

  /// A timeout of the request would end with its headers, while a body can be made to last.
  private byte[] post(byte[] query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/timestamp-query")
            .POST(BodyPublishers.ofByteArray(query))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_REPLY_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no answer", e);
    }
  }
}
