package dev.indelible.ledger.time;

import java.io.IOException;
import java.time.Instant;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/// What an authority answered, byte for byte (TimeStampResp, RFC 3161 §2.4.2), with a token in it.
public final class TimestampReply {
  private final byte[] bytes;
  private final TimeStampResponse response;
  private final TimeStampToken token;

  private TimestampReply(byte[] bytes) throws TSPException, IOException, TimestampException {
    this.bytes = bytes.clone();
    this.response = new TimeStampResponse(bytes);
    TimeStampToken found = response.getTimeStampToken();
    if (found == null) {
      throw new TimestampException("refused with status " + response.getStatus());
    }
    this.token = found;
  }

  /// Reads a reply. Nothing is checked yet.
  ///
  /// @throws TimestampException when it is malformed, or a refusal
  public static TimestampReply parse(byte[] bytes) throws TimestampException {
    try {
      return new TimestampReply(bytes);
    } catch (TSPException | IOException | RuntimeException e) {
      throw new TimestampException("not a reply", e);
    }
  }

  /// Compares with what was asked: digest, nonce and policy (RFC 3161 §2.2).
  void requireAnswerTo(TimeStampRequest request) throws TimestampException {
    try {
      response.validate(request);
    } catch (TSPException e) {
      throw new TimestampException("another question was answered", e);
    }
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  TimeStampToken token() {
    return token;
  }

  /// When the authority says it saw the digest.
  public Instant time() {
    return token.getTimeStampInfo().getGenTime().toInstant();
  }
}
