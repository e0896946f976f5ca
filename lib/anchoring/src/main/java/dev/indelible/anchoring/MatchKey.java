package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key that the services of one deployment share and nobody else holds. Whoever has it can test
/// guesses of identifying fields against the ledger's index, so it never leaves this class.
@ApplicationScoped
public class MatchKey {
  private static final byte[] LABEL = "indelible/match/v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 32;

  private final SecretKeySpec key;
  private final int epoch;

  @Inject
  MatchKey(AnchoringConfig config) throws IOException {
    this(
        Base64.getMimeDecoder().decode(Files.readAllBytes(config.matchKey())), config.matchEpoch());
  }

  /// A key of another purpose, which makes digests of the same form.
  public MatchKey(byte[] key, int epoch) {
    if (key.length != LENGTH) {
      throw new IllegalArgumentException("a match key has " + LENGTH + " bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.epoch = epoch;
  }

  /// A token of which the log takes one only.
  ///
  /// @param normalisedParts the identifying fields, each already in its one spelling
  public MatchToken unique(String name, String... normalisedParts) {
    return new MatchToken(name, MatchToken.Kind.UNIQUE, epoch, digest(name, normalisedParts));
  }

  /// A token whose repetition is reported.
  ///
  /// @param normalisedParts the identifying fields, each already in its one spelling
  public MatchToken alert(String name, String... normalisedParts) {
    return new MatchToken(name, MatchToken.Kind.ALERT, epoch, digest(name, normalisedParts));
  }

  /// `HMAC-SHA-256(key, "indelible/match/v1" ‖ 0x0A ‖ frame(name) ‖ u32 count ‖ frame(part)…)`,
  /// `frame(x) = u32 length ‖ UTF-8`: no byte can move from one part to the next.
  private Hash digest(String name, String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(LABEL);
      frame(mac, name);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(parts.length).flip());
      for (String part : parts) {
        frame(mac, part);
      }
      return Hash.of(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static void frame(Mac mac, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
    mac.update(utf8);
  }
}
